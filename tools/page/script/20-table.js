// Tables that sort, and charts' own tables for those who do not see the chart.
// A long table stands in a box that scrolls, under its headings. Its first rows are made at once, more as they are
// scrolled to: thousands of rows would take seconds. Print shows the first ones.
const rowsAtOnce = 20, rowsUnboxed = 40;

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

function estimateColumn(from, quantity, title = quantityTitle(quantity, from.unit(quantity))) {
  const show = (row) => {
    const estimate = from.estimate(quantity, row);
    if (estimate.m === null) return t("no_value");
    return [withUnit(estimate.m, estimate.unit), html("small", null, " " + intervalText(estimate))];
  };
  const column = numberColumn(quantity, title, show, (row) => from.value(quantity, row));
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
    this.shown = null; // of the rows those that are looked for, as a set; null: all
    this.body = html("tbody");
    this.head = html("tr");
    this.table = html("table", {class: "data"}, html("caption", {class: "unseen"}, this.caption), html("thead", null, this.head), this.body);
    this.element = html("div", {class: "scroll", tabindex: 0, role: "region", "aria-label": this.caption, onscroll: () => this.addNext()}, this.table);
    this.order();
    this.draw();
  }
  order() {
    const column = this.columns.find((one) => one.key === this.sort);
    this.ordered = column ? sorted(this.rows, column, this.descending) : this.rows;
    clear(this.head).append(...this.columns.map((one) => this.heading(one)));
  }
  draw() {
    this.pending = this.shown ? this.ordered.filter((row) => this.shown.has(row)) : this.ordered;
    this.count = this.pending.length;
    clear(this.body);
    this.element.scrollTop = 0;
    this.element.classList.toggle("tall", this.count > rowsUnboxed);
    this.add();
    const round = (this.round = (this.round || 0) + 1);
    soon(() => {
      while (round === this.round && this.pending.length > 0 && this.body.rows.length < rowsUnboxed) this.add();
    });
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
    this.order();
    this.draw();
    this.head.querySelectorAll("button")[this.columns.indexOf(column)].focus();
    if (this.onsort) this.onsort(this.sort, this.descending);
  }
  show(rows) {
    this.shown = new Set(rows);
    this.draw();
  }
  // The next rows.
  add() {
    const rows = this.pending.slice(0, rowsAtOnce);
    this.pending = this.pending.slice(rowsAtOnce);
    this.body.append(...rows.map((row) => html("tr", null, this.columns.map((column, at) =>
      html(at === 0 ? "th" : "td", {scope: at === 0 ? "row" : null, class: column.isText ? null : "number"}, column.show(row))))));
  }
  // Makes rows until the end of those that are there is far below what is seen.
  addNext() {
    const box = this.element, ahead = 2 * box.clientHeight;
    while (this.pending.length > 0 && box.scrollHeight - box.scrollTop - box.clientHeight < ahead) this.add();
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
