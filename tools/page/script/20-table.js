// Tables that sort, and charts' own tables for those who do not see the chart.
// Rows of the first block, which print shows; each block more lays the whole table out again, so blocks grow.
const rowsInFirstBlock = 40;
const growthOfBlocks = 4;
const rowsInBlockAtMost = 2000;

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
  // options: caption, columns, rows, sort (key), descending, onsort(key, descending), rowClass(row)
  constructor(options) {
    Object.assign(this, options);
    this.round = 0;
    this.table = html("table", {class: "data"}, html("caption", {class: "unseen"}, this.caption));
    this.element = html("div", {class: "scroll", tabindex: 0, role: "region", "aria-label": this.caption}, this.table);
    this.draw();
  }
  draw() {
    const headings = this.columns.map((column) => this.heading(column));
    this.table.querySelectorAll("thead, tbody").forEach((part) => part.remove());
    this.table.append(html("thead", null, html("tr", null, headings)));
    const column = this.columns.find((one) => one.key === this.sort);
    const rows = column ? sorted(this.rows, column, this.descending) : this.rows;
    this.pending = rows;
    this.blockRows = rowsInFirstBlock;
    this.addBlock();
    this.addRest(++this.round);
  }
  heading(column) {
    const isSorted = column.key === this.sort;
    const sort = isSorted ? (this.descending ? "descending" : "ascending") : null;
    const button = html("button", {type: "button", onclick: () => this.sortBy(column)}, column.title);
    return html("th", {scope: "col", class: column.isText ? null : "number", "aria-sort": sort}, button);
  }
  sortBy(column) {
    this.descending = column.key === this.sort ? !this.descending : false;
    this.sort = column.key;
    this.draw();
    const at = this.columns.indexOf(column);
    this.table.querySelectorAll("thead button")[at].focus();
    if (this.onsort) this.onsort(this.sort, this.descending);
  }
  show(rows) {
    this.rows = rows;
    this.draw();
  }
  addBlock() {
    const block = this.pending.slice(0, this.blockRows);
    this.pending = this.pending.slice(this.blockRows);
    this.blockRows = Math.min(rowsInBlockAtMost, this.blockRows * growthOfBlocks);
    const lines = block.map((row) => {
      const cells = this.columns.map((column, at) =>
        html(at === 0 ? "th" : "td", {scope: at === 0 ? "row" : null, class: column.isText ? null : "number"}, column.show(row)));
      return html("tr", null, cells);
    });
    if (block.length > 0) this.table.append(html("tbody", null, lines));
  }
  // The rest comes in blocks, until the table is drawn anew.
  addRest(round) {
    if (this.pending.length === 0) return;
    soon(() => {
      if (round !== this.round) return;
      this.addBlock();
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
