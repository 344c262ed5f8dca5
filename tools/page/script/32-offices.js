// The ranked list of offices and counters (or bare stations), and the way to each one's own view.
const stationTables = {offices: "office", counters: "counter", stations: "station"};

function stationId(kind, row) {
  return table(kind).text(stationTables[kind], row);
}

function stationName(kind, row) {
  const from = table(kind), id = stationId(kind, row);
  if (kind === "counters") return t("counter.name", {agency: named("agencies", from.text("agency", row)), county: named("counties", from.text("county", row))});
  return from.name(row, id);
}

// Where a station stands in the tables: {kind, row}, or null.
function findStation(id) {
  for (const kind of Object.keys(stationTables)) {
    const row = table(kind) ? table(kind).columns[stationTables[kind]].indexOf(id) : -1;
    if (row >= 0) return {kind, row};
  }
  return null;
}

function stationLink(kind, row) {
  return html("a", {href: linkTo({station: stationId(kind, row)})}, html("bdi", null, stationName(kind, row)));
}

function officeLink(row) {
  return stationLink("offices", row);
}

function standingMark(standing) {
  return html("span", {class: "standing " + standing}, t("standing." + standing));
}

// By which target stations are judged, and what is told of one that has several verdicts.
function targetNote(kind) {
  const target = page.data.run.judged[kind];
  if (!target) return null;
  return note(t("target.title") + t("list.colon") + targetText(kind) + (target.in === "whole" ? "" : t("list.semicolon") + t("target.worst")));
}

const standingOrder = ["missed", "undecided", "at_target", "met", "none"];

// The hour of the week with the longest mean wait, of those that have one.
function worstHour(row) {
  return officeWeek(row).filter((hour) => hour.wait !== null && Number(hour.wait) > 0)
    .reduce((worst, hour) => (worst === null || Number(hour.wait) > Number(worst.wait) ? hour : worst), null);
}

const weekdays = ["Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];

function worstHourText(row) {
  const worst = worstHour(row);
  if (worst === null) return "";
  return t("office.worst", {weekday: weekdayText(weekdays[worst.day]), hour: hourText(worst.hour), wait: inWords(worst.wait, "min")});
}

function stationColumns(kind) {
  const from = table(kind);
  const columns = [textColumn("name", t("column." + stationTables[kind]), (row) => stationLink(kind, row), (row) => stationName(kind, row))];
  columns.push(textColumn("standing", t("list.standing"), (row) => standingMark(from.text("standing", row)), (row) => String(standingOrder.indexOf(from.text("standing", row)))));
  for (const quantity of ["in_time", "service_level", "wait_s", "abandoned_share", "queue_p95", "utilization", "arrived"])
    if (from.has(quantity)) columns.push(estimateColumn(from, quantity));
  columns.push(numberColumn("clerks", t("column.clerks"), (row) => setNumber(from.text("clerks", row)) || t("unlimited"), (row) => Number(from.text("clerks", row) || Infinity)));
  if (kind !== "stations") columns.push(textColumn("county", t("column.county"), (row) => named("counties", from.text("county", row))));
  if (kind === "offices") columns.push(textColumn("kind", t("column.kind"), (row) => t("kind." + from.text("kind", row))));
  return columns;
}

// What is searched, folded once.
function searchTexts(kind) {
  const from = table(kind);
  if (!from.folded) {
    const groups = {county: page.data.names.counties, agency: page.data.names.agencies}, folded = {};
    for (const [group, names] of Object.entries(groups))
      folded[group] = Object.fromEntries(Object.entries(names).map(([id, both]) => [id, both.map(fold).join(" ")]));
    from.folded = from.all().map((row) => [
      ...[stationId(kind, row), from.text("name_fa", row), from.text("name_en", row)].map(fold),
      ...Object.keys(groups).map((group) => folded[group][from.text(group, row)] || "")].join(" "));
  }
  return from.folded;
}

class StationList {
  constructor(kind) {
    this.kind = kind;
    this.query = html("input", {type: "search", id: "query", value: state.get("q") || "", autocomplete: "off", placeholder: t("list.placeholder"), oninput: () => this.search()});
    this.standing = this.choice("standing", [["", t("list.all")], ...["missed", "undecided", "at_target", "met"].map((one) => [one, t("standing." + one)])]);
    const counties = [...new Set(table(kind).columns.county || [])].map((id) => [id, named("counties", id)]);
    counties.sort((a, b) => compareNames(a[1], b[1]));
    this.county = this.choice("county", [["", t("list.all")], ...counties]);
    this.count = html("p", {class: "note", role: "status"});
    const sort = state.get("sort") || levelOf(kind).quantity;
    this.list = new SortedTable({
      caption: t("list.title"), columns: stationColumns(kind), rows: table(kind).all(), sort, descending: state.get("down") === "1",
      onsort: (key, descending) => setState({sort: key, down: descending ? "1" : ""}),
    });
    if (["q", "county", "standing"].some((key) => state.has(key))) this.list.show(this.found());
    this.tell();
    afterComplete(() => searchTexts(kind));
  }
  choice(key, options) {
    const select = html("select", {id: "list-" + key, onchange: () => this.search()}, options.map(([value, label]) => html("option", {value}, label)));
    select.value = state.get(key) || "";
    if (select.selectedIndex < 0) select.value = "";
    return select;
  }
  found() {
    const from = table(this.kind), texts = searchTexts(this.kind), words = wordsOf(this.query.value);
    const county = this.county.value, standing = this.standing.value;
    return from.where((row) => matches(texts[row], words) && (county === "" || from.text("county", row) === county) &&
      (standing === "" || from.text("standing", row) === standing));
  }
  search() {
    setState({q: this.query.value, county: this.county.value, standing: this.standing.value});
    this.list.show(this.found());
    this.tell();
  }
  tell() {
    this.count.textContent = t("list.count", {n: setNumber(String(this.list.count)), all: setNumber(String(table(this.kind).rows))});
  }
  elements() {
    const labelled = (select, title) => html("label", null, html("span", null, title), select);
    const filters = [labelled(this.query, t("list.search")), labelled(this.standing, t("list.standing"))];
    if (this.county.options.length > 2) filters.push(labelled(this.county, t("column.county")));
    return [targetNote(this.kind), html("div", {class: "filters", role: "search"}, filters), this.count, this.list.element].filter(Boolean);
  }
}

sections.push({
  id: "list",
  available: () => Object.keys(stationTables).some((kind) => table(kind)),
  draw() {
    const kinds = Object.keys(stationTables).filter((kind) => table(kind));
    const host = html("div");
    const show = (kind) => clear(host).append(...new StationList(kind).elements());
    const first = kinds.includes(state.get("list")) ? state.get("list") : kinds[0];
    const tabs = kinds.length > 1 ? html("fieldset", {class: "choice"}, html("legend", {class: "unseen"}, t("list.kind")), kinds.map((kind) =>
      html("label", null, html("input", {type: "radio", name: "kind", value: kind, checked: kind === first, onchange: () => {
        setState({list: kind === kinds[0] ? "" : kind, county: "", standing: "", q: ""});
        show(kind);
      }}), html("span", null, t("stations." + kind))))) : null;
    show(first);
    return section("list", t("list.title"), note(t("list.note")), tabs, host);
  },
});
