// The clerks that each station needs: searched, sorted, with what is proven of them.
const staffingChanges = ["cannot", "open", "more", "fewer", "same", "none"];

function stationOfStaffing(row) {
  return table("staffing").name(row, table("staffing").text("id", row));
}

// An estimate of a row, whose unit is the row's own.
function staffedEstimate(quantity, row) {
  const from = table("staffing"), part = (end) => from.text(quantity + "_" + end, row) || null;
  return {m: part("m"), h: null, l: part("l"), u: part("u"), unit: from.text("unit", row)};
}

function staffedValue(quantity, row) {
  const estimate = staffedEstimate(quantity, row);
  return estimate.m === null ? t("no_value") : [inWords(estimate.m, estimate.unit), html("small", null, " " + intervalText(estimate))];
}

function targetOfRow(row) {
  const from = table("staffing"), target = from.text("target", row), period = from.text("period", row);
  if (!target) return t("no_value");
  const name = target === "service_level" ? t("targets.service_level") : target;
  const goal = inWords(from.text("goal", row), from.text("unit", row));
  return [html("bdi", null, name), period === "whole" ? "" : t("list.comma") + setDigits(period), t("list.colon") + goal];
}

// Which station the curves are of: chosen on the map, in the list or from the list of names.
function chooseStaffed(row) {
  setState({staffed: table("staffing").text("id", row)});
  drawChosenCurve();
  const curves = document.getElementById("staffcurve");
  if (curves) curves.scrollIntoView();
}

function staffedLink(row) {
  const name = html("bdi", {title: table("staffing").text("id", row)}, stationOfStaffing(row));
  if (!curvesOfStations().has(table("staffing").text("id", row))) return name;
  return html("a", {href: linkTo({staffed: table("staffing").text("id", row), to: "staffcurve"}), onclick: (event) => { event.preventDefault(); chooseStaffed(row); }}, name);
}

// Clerks hour by hour, shift by shift or by pattern of a roster, each number with what it is of.
function staffedNumbers(row) {
  const from = table("staffing"), numbers = from.text("groups", row).split(" "), slots = from.text("slots", row).split(" ");
  if (numbers.length < 2) return "";
  if (slots.length !== numbers.length) return html("small", null, " (" + setDigits(numbers.join(" ")) + ")");
  return html("small", {class: "slots"}, html("br"), numbers.map((number, k) => html("bdi", null, setDigits(slots[k]) + t("list.colon") + setNumber(number) + " ")));
}

function staffingColumns() {
  const from = table("staffing"), number = (key) => (row) => Number(from.text(key, row));
  const columns = [
    textColumn("name", t("column.station"), staffedLink, stationOfStaffing),
    textColumn("change", t("staffing.change"), (row) => html("span", {class: "standing " + from.text("change", row)}, t("staffing.change." + from.text("change", row))), (row) => String(staffingChanges.indexOf(from.text("change", row)))),
    numberColumn("now", t("column.clerks_now"), (row) => setNumber(from.text("now", row)), number("now")),
    numberColumn("needed", t("column.clerks_needed"), (row) => [setNumber(from.text("needed", row)), staffedNumbers(row)], number("needed")),
    numberColumn("hours_now", t("column.paid_hours_now"), (row) => setNumber(from.text("hours_now", row)), number("hours_now")),
    numberColumn("hours_needed", t("column.paid_hours_needed"), (row) => setNumber(from.text("hours_needed", row)), number("hours_needed")),
    textColumn("proof", t("column.proof"), (row) => t("proof." + from.text("proof", row))),
    textColumn("target", t("staffing.decides"), targetOfRow, (row) => from.text("target", row) + from.text("period", row)),
    numberColumn("value", t("staffing.value"), (row) => staffedValue("value", row), (row) => Number(from.text("value_m", row) || NaN)),
    numberColumn("fewer", t("staffing.fewer"), (row) => staffedValue("fewer", row), (row) => Number(from.text("fewer_m", row) || NaN)),
  ];
  if (from.columns.assumptions.some((points) => points !== "")) {
    const met = (row) => Number(from.text("assumptions_met", row)) / Number(from.text("assumptions", row));
    columns.push(numberColumn("assumptions", t("staffing.assumptions"), (row) => from.text("assumptions", row) === "" ? t("no_value") : t("staffing.assumptions_met", {met: setNumber(from.text("assumptions_met", row)), n: setNumber(from.text("assumptions", row))}), met));
  }
  if (from.columns.county.some((county) => county !== "")) columns.push(textColumn("county", t("column.county"), (row) => named("counties", from.text("county", row))));
  return columns;
}

class StaffingList {
  constructor() {
    const from = table("staffing");
    this.query = html("input", {type: "search", value: state.get("staffing.q") || "", autocomplete: "off", placeholder: t("list.placeholder"), oninput: () => this.search()});
    const there = staffingChanges.filter((change) => from.columns.change.includes(change));
    this.change = html("select", {onchange: () => this.search()}, [["", t("list.all")], ...there.map((change) => [change, t("staffing.change." + change)])].map(([value, label]) => html("option", {value}, label)));
    this.change.value = there.includes(state.get("staffing.change")) ? state.get("staffing.change") : "";
    this.count = html("p", {class: "note", role: "status"});
    this.list = new SortedTable({
      caption: t("staffing.title"), columns: staffingColumns(), rows: from.all(), sort: state.get("staffing.sort") || "change", descending: state.get("staffing.down") === "1",
      onsort: (key, descending) => setState({"staffing.sort": key, "staffing.down": descending ? "1" : "0"}),
    });
    this.texts = from.all().map((row) => [from.text("id", row), from.text("name_fa", row), from.text("name_en", row), ...(page.data.names.counties[from.text("county", row)] || [])].map(fold).join(" "));
    this.show();
  }
  search() {
    setState({"staffing.q": this.query.value, "staffing.change": this.change.value});
    this.show();
  }
  show() {
    const from = table("staffing"), words = wordsOf(this.query.value), change = this.change.value;
    this.list.show(from.where((row) => (change === "" || from.text("change", row) === change) && matches(this.texts[row], words)));
    this.count.textContent = t("list.count", {n: setNumber(String(this.list.count)), all: setNumber(String(from.rows))});
  }
  elements() {
    const labelled = (field, title) => html("label", null, html("span", null, title), field);
    return [html("div", {class: "filters", role: "search", "aria-label": t("staffing.title")}, labelled(this.query, t("list.search")), labelled(this.change, t("staffing.change"))), this.count, this.list.element];
  }
}

sections.push({
  id: "staffing",
  available: () => page.data.staffing !== undefined && table("staffing") !== null,
  draw: () => section("staffing", t("staffing.title"), note(t("staffing.note")), table("staffing").columns.slots.some((slots) => slots !== "") ? note(t("staffing.note_of_slots")) : null, ...new StaffingList().elements()),
});
