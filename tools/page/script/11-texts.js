// The language, and how it sets texts and numbers. Numbers come rounded from the program, as decimal digits.
const page = {language: "fa", data: null, texts: null};

function isPersian() {
  return page.language === "fa";
}

function t(key, values) {
  const text = page.texts[page.language][key];
  if (text === undefined) throw new Error("no text " + key);
  return values ? text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole)) : text;
}

function hasText(key) {
  return page.texts[page.language][key] !== undefined;
}

function setDigits(text) {
  return isPersian() ? String(text).replace(/[0-9]/g, (digit) => String.fromCharCode(0x06f0 + Number(digit))) : String(text);
}

// `-1234.5` with thousands apart.
function setNumber(token) {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(token);
  if (!match) return setDigits(token);
  const [, minus, whole, fraction] = match;
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, isPersian() ? "\u066c" : ",");
  const point = fraction ? (isPersian() ? "\u066b" : ".") + fraction : "";
  return (minus ? (isPersian() ? "\u200e\u2212" : "\u2212") : "") + setDigits(grouped + point);
}

// The sign stands to the left of a Persian number wherever it is.
function setPercent(token) {
  return isPersian() ? setNumber(token) + "\u200f\u066a" : setNumber(token) + "%";
}

function withUnit(token, unit) {
  if (token === null) return t("no_value");
  if (unit === "percent") return setPercent(token);
  return setNumber(token);
}

// With the unit in words, for where no heading says it.
function inWords(token, unit) {
  if (token === null || unit === "percent" || !hasText("unit." + unit)) return withUnit(token, unit);
  return withUnit(token, unit) + " " + t("unit." + unit);
}

// `± 3` or `(81 to 87)`.
function intervalText(estimate) {
  if (estimate.m === null) return "";
  const unit = estimate.unit;
  if (estimate.h !== null) return "± " + withUnit(estimate.h, unit);
  return t("interval.short", {low: withUnit(estimate.l, unit), high: withUnit(estimate.u, unit)});
}

// `1395-02-01`, Solar Hijri.
function dateText(date) {
  const [year, month, day] = date.split("-").map(Number);
  return t("date", {day: setDigits(day), month: t("month." + month), year: setDigits(year)});
}

function shortDateText(date) {
  const [, month, day] = date.split("-").map(Number);
  return t("date.short", {day: setDigits(day), month: t("month." + month)});
}

function weekdayText(weekday) {
  return t("weekday." + weekday);
}

function hourText(hour) {
  return setDigits(hour);
}

// A name in the language of the page; ids where there is none.
function nameIn(persian, english, id) {
  return (isPersian() ? persian : english) || persian || english || id;
}

function named(kind, id) {
  if (id === "all") return t("stations.all");
  const names = page.data.names[kind][id];
  return names ? nameIn(names[0], names[1], id) : id;
}

// Texts in SVG stand in a picture that is always left to right.
function isolated(text) {
  return isPersian() ? "\u2067" + text + "\u2069" : text;
}

function compareNames(a, b) {
  compareNames.collator = compareNames.collator || {};
  const collators = compareNames.collator;
  collators[page.language] = collators[page.language] || new Intl.Collator(page.language, {numeric: true});
  return collators[page.language].compare(a, b);
}
