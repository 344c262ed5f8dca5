// Tables that sort, and charts' own tables for those who do not see the chart.
// Long tables are laid out in blocks, each a table of its own with the same widths, which the browser skips while they
// are out of sight: one table of all rows would take seconds. Print shows the first block.
const rowsInBlock = 40;

// A column of a table: title, how a row is shown, and what it is sorted by.
function textColumn(key, title, show, sortBy) {
  return {key, title, show, sortBy: sortBy || show, isText: true};
}

function numberColumn(key, title, show, sortBy) {
  return {key, title, show, sortBy};
}

function quantityTitle(quantity, unit) {
  const title = t("column." + quantity);
  return unit && unit !== "percent" && hasText("unit." + unit) ? title + " (" + t("unit." + unit) + ")" : title;
}

function estimateColumn(from, quantity) {
  const show = (row) => {
    const estimate = from.estimate(quantity, row);
    if (estimate.m === null) return t("no_value");
    return [withUnit(estimate.m, estimate.unit), html("small", null, " " + intervalText(estimate))];
  };
  const column = numberColumn(quantity, quantityTitle(quantity, from.unit(quantity)), show, (row) => from.value(quantity, row));
  column.definition = quantity;
  return column;
}

// Rows in the order of a column; those without a value come last.
function sorted(rows, column, descending) {
  const sign = descending ? -1 : 1;
  const keys = new Map(rows.map((row) => [row, column.sortBy(row)]));
  const isMissing = (key) => key === null || key === undefined || Number.isNaN(key);
  return [...rows].sort((a, b) => {
    const x = keys.get(a), y = keys.get(b);
    if (isMissing(x) || isMissing(y)) return isMissing(x) - isMissing(y);
    return sign * (column.isText ? compareNames(String(x), String(y)) : x - y);
  });
}

class SortedTable {
  // options: caption, columns, rows, sort (key), descending, onsort(key, descending)
  constructor(options) {
    Object.assign(this, options);
    this.round = 0;
    this.element = html("div", {class: "scroll", tabindex: 0, role: "region", "aria-label": this.caption});
    this.draw();
  }
  draw() {
    const column = this.columns.find((one) => one.key === this.sort);
    this.pending = column ? sorted(this.rows, column, this.descending) : this.rows;
    this.widths = null;
    this.first = this.block(html("thead", null, html("tr", null, this.columns.map((one) => this.heading(one)))));
    clear(this.element).append(this.first);
    this.addRest(++this.round);
  }
  heading(column) {
    const isSorted = column.key === this.sort;
    const sort = isSorted ? (this.descending ? "descending" : "ascending") : null;
    const button = html("button", {type: "button", onclick: () => this.sortBy(column)}, column.title);
    return html("th", {scope: "col", class: column.isText ? null : "number", "aria-sort": sort}, button, html("span", {class: "printed", "aria-hidden": "true"}, column.title));
  }
  sortBy(column) {
    this.descending = column.key === this.sort ? !this.descending : false;
    this.sort = column.key;
    this.draw();
    this.first.querySelectorAll("thead button")[this.columns.indexOf(column)].focus();
    if (this.onsort) this.onsort(this.sort, this.descending);
  }
  show(rows) {
    this.rows = rows;
    this.draw();
  }
  // The next rows as a table.
  block(head) {
    const rows = this.pending.slice(0, rowsInBlock);
    this.pending = this.pending.slice(rowsInBlock);
    const lines = rows.map((row) => html("tr", null, this.columns.map((column, at) =>
      html(at === 0 ? "th" : "td", {scope: at === 0 ? "row" : null, class: column.isText ? null : "number"}, column.show(row)))));
    return html("table", {class: "data"}, html("caption", {class: "unseen"}, this.caption), head, html("tbody", null, lines));
  }
  unseenHead() {
    return html("thead", {class: "unseen"}, html("tr", null, this.columns.map((column) => html("th", {scope: "col"}, column.title))));
  }
  // All blocks have the columns of the first, as wide as its contents made them.
  fix(table) {
    this.widths = this.widths || [...this.first.querySelectorAll("thead th")].map((heading) => heading.getBoundingClientRect().width);
    const all = this.widths.reduce((sum, width) => sum + width, 0);
    const columns = this.widths.map((width) => {
      const column = html("col");
      column.style.width = (100 * width) / all + "%";
      return column;
    });
    table.querySelector("caption").after(html("colgroup", null, columns));
    table.style.tableLayout = "fixed";
    table.style.minWidth = all * 0.85 + "px";
    return table;
  }
  // The rest comes block by block, until the table is drawn anew.
  addRest(round) {
    if (this.pending.length === 0) return;
    soon(() => {
      if (round !== this.round) return;
      if (!this.widths) this.fix(this.first);
      for (let i = 0; i < 4 && this.pending.length > 0; ++i) this.element.append(html("div", {class: "block"}, this.fix(this.block(this.unseenHead()))));
      this.addRest(round);
    });
  }
}

// A table that is made when it is opened, or printed.
function folded(title, make) {
  const details = html("details", {class: "folded"}, html("summary", null, title));
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(make());
  });
  return details;
}

function tableOfChart(caption, columns, rows) {
  return folded(t("chart.table"), () => new SortedTable({caption, columns, rows}).element);
}
