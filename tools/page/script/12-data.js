// The number so many units of the mean's last digit below or above it; or the one written out after `=`.
function apart(mean, distance, sign) {
  if (distance === null || distance.startsWith("=")) return distance && distance.slice(1);
  const decimals = (mean.split(".")[1] || "").length, units = 10 ** decimals;
  return ((Math.round(Number(mean) * units) + sign * Number(distance)) / units).toFixed(decimals);
}

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
    const mean = at("m");
    return {m: mean, h: at("h"), l: apart(mean, at("below"), -1), u: apart(mean, at("above"), 1), unit: this.unit(quantity)};
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
  const bytes = new Uint8Array(packed.length);
  for (let i = 0; i < packed.length; ++i) bytes[i] = packed.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const data = JSON.parse(await new Response(stream).text());
  for (const name of Object.keys(data.tables)) data.tables[name] = new Table(data.tables[name]);
  return data;
}

// Hours of the week of a row of a table: a list of {day, hour, and a token by quantity}.
function weekHours(week, quantities, row) {
  if (!week.tokens) {
    week.tokens = {};
    for (const quantity of quantities) week.tokens[quantity] = week[quantity].split(" ");
    let at = 0;
    week.starts = week.of.map((pattern) => {
      const start = at;
      if (pattern >= 0) at += week.patterns[pattern].length;
      return start;
    });
  }
  const pattern = week.of[row];
  return (pattern < 0 ? [] : week.patterns[pattern]).map(([day, hour], i) => {
    const entry = {day, hour};
    for (const quantity of quantities) {
      const token = week.tokens[quantity][week.starts[row] + i];
      entry[quantity] = token === "-" ? null : token;
    }
    return entry;
  });
}

function officeWeek(row) {
  const week = page.data.office_week;
  return week ? weekHours(week, ["wait", "queue", "utilization"], row) : [];
}

// The share by which stations of a kind are ranked and coloured: that of the target by which they are judged, where it
// is of the whole run, and else the service level.
function levelOf(kind) {
  const target = page.data.run.judged[kind];
  if (target && table(kind) && table(kind).has("in_time")) return {quantity: "in_time", goal: Number(target.goal), minutes: target.within_min};
  return {quantity: "service_level", goal: target && target.is_service_level ? Number(target.goal) : page.goal, minutes: page.data.run.within_min};
}

// The goal of the service level at the stations of a channel.
function goalOfChannel(channel) {
  const target = page.data.run.judged[{office: "offices", traditional: "counters"}[channel] || "stations"];
  return target && target.is_service_level ? Number(target.goal) : page.goal;
}

// `80% within 15 minutes, over the whole period`, after the target's id where it has one of its own.
function targetText(kind) {
  const target = page.data.run.judged[kind];
  if (!target) return "";
  const share = t(target.key, {goal: setPercent(target.goal), minutes: setNumber(target.within_min)});
  const meaning = t("target.meaning", {share, period: t("target.in." + target.in)});
  return target.target === "service_level" ? meaning : "\u2068" + target.target + "\u2069" + t("list.colon") + meaning;
}
