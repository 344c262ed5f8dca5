// The data of the page: inflated, and read by table, column and row.
class Table {
  constructor(json) {
    this.rows = json.rows;
    this.columns = json.text || {};
    this.estimates = json.estimate || {};
    this.tokens = new Map();
  }
  has(quantity) {
    return quantity in this.estimates;
  }
  text(column, row) {
    return this.columns[column] ? this.columns[column][row] : "";
  }
  unit(quantity) {
    return this.estimates[quantity].unit;
  }
  part(quantity, part) {
    const key = quantity + "/" + part;
    if (!this.tokens.has(key)) {
      const text = this.estimates[quantity][part];
      this.tokens.set(key, text === undefined ? null : text.split(" "));
    }
    return this.tokens.get(key);
  }
  // Mean, half-width or ends of the interval as rounded digits; null where there is none.
  estimate(quantity, row) {
    const at = (part) => {
      const tokens = this.part(quantity, part);
      return tokens === null || tokens[row] === "-" ? null : tokens[row];
    };
    return {m: at("m"), h: at("h"), l: at("l"), u: at("u"), unit: this.unit(quantity)};
  }
  // The mean as a number, for sorting and drawing; NaN where there is none.
  value(quantity, row) {
    const token = this.has(quantity) ? this.part(quantity, "m")[row] : "-";
    return token === "-" ? NaN : Number(token);
  }
  name(row, id) {
    return nameIn(this.text("name_fa", row), this.text("name_en", row), id);
  }
  // The rows for which something holds.
  where(test) {
    const found = [];
    for (let row = 0; row < this.rows; ++row) if (test(row)) found.push(row);
    return found;
  }
  all() {
    return this.where(() => true);
  }
}

function table(name) {
  return page.data.tables[name] || null;
}

// Ends of an interval as numbers.
function ends(estimate) {
  if (estimate.m === null) return null;
  const mean = Number(estimate.m);
  if (estimate.h !== null) return [mean - Number(estimate.h), mean, mean + Number(estimate.h)];
  return [Number(estimate.l), mean, Number(estimate.u)];
}

async function readData() {
  const packed = atob(document.getElementById("data").textContent);
  const bytes = Uint8Array.from(packed, (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const data = JSON.parse(await new Response(stream).text());
  for (const name of Object.keys(data.tables)) data.tables[name] = new Table(data.tables[name]);
  return data;
}

// Hours of the week of the rows of a table: for each a list of {day, hour, and a token by quantity}.
function weekHours(week, quantities) {
  if (week.hours) return week.hours;
  const tokens = {};
  for (const quantity of quantities) tokens[quantity] = week[quantity].split(" ");
  let at = 0;
  week.hours = week.of.map((pattern) => {
    const hours = [];
    if (pattern < 0) return hours;
    for (const [day, hour] of week.patterns[pattern]) {
      const entry = {day, hour};
      for (const quantity of quantities) entry[quantity] = tokens[quantity][at] === "-" ? null : tokens[quantity][at];
      hours.push(entry);
      ++at;
    }
    return hours;
  });
  return week.hours;
}

function officeWeek(row) {
  const week = page.data.office_week;
  return week ? weekHours(week, ["wait", "queue", "utilization"])[row] : [];
}
