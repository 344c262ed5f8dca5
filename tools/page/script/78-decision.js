// Where clerks are placed, offices open or services are authorised: lists, maps, and what other numbers would do.
function isDecision(form) {
  return page.data.decision !== undefined && page.data.decision.form === form;
}

function stationOfRow(from, row) {
  return from.name(row, from.text("id", row));
}

function nameColumn(from, title) {
  return textColumn("name", title, (row) => html("bdi", {title: from.text("id", row)}, stationOfRow(from, row)), (row) => stationOfRow(from, row));
}

function countyColumn(from) {
  return textColumn("county", t("column.county"), (row) => named("counties", from.text("county", row)));
}

function serviceColumn(from, column) {
  const name = (row) => nameIn(from.text(column + "_fa", row), from.text(column + "_en", row), from.text(column, row));
  return textColumn(column, t("column." + column), (row) => html("bdi", {title: from.text(column, row)}, name(row)), name);
}

// The list of a section whose rows have a change.
function listOfChanges(list, columns, sort) {
  const choice = {column: "change", values: list.changes, title: t("decision.change"), text: list.change};
  return new PlanList({id: list.id, name: list.table, choice, columns, sort}).elements();
}

// A dot for each office, as large as what it gets.
class DecisionMap extends ChangeMap {
  constructor(list, size) {
    DecisionMap.next = {list, size};
    super();
  }
  readTable() {
    Object.assign(this, DecisionMap.next);
    this.from = table(this.list.table);
    this.title = t(this.list.id + "map.title");
    this.stateKey = this.list.id + ".on_map";
    this.kindColumn = "change";
    this.drawn = [...this.list.changes].reverse();
  }
  text(row) {
    return stationOfRow(this.from, row) + t("list.colon") + this.list.told(row) + t("list.semicolon") + this.list.change(this.from.text("change", row));
  }
  showDetails(row) {
    clear(this.details).append(html("h3", null, this.text(row)), html("p", null, code(this.from.text("id", row))));
  }
  // The legend, the map and what is chosen on it.
  static drawn(list, size) {
    const id = list.id + "map", map = new DecisionMap(list, size);
    const keys = html("ul", {class: "legend"}, list.changes.map((change) => html("li", null, html("span", {class: "changekey " + change}), list.change(change))));
    return section(id, t(id + ".title"), note(t("decision.note_of_map")), keys, map.element, map.details);
  }
}

const placed = {
  id: "placement", table: "placement", changes: ["more", "fewer", "same"], change: (change) => t("placement.change." + change),
  told: (row) => t("placement.clerks", {now: setNumber(table("placement").text("clerks_now", row)), placed: setNumber(table("placement").text("clerks_placed", row))}),
};
const sited = {
  id: "siting", table: "siting", changes: ["more", "same"], change: (change) => t("siting.change." + change),
  told: (row) => t("siting.clerks", {n: setNumber(table("siting").text("clerks", row))}),
};
const authorised = {
  id: "authorised", table: "authorised_offices", changes: ["more", "same"], change: (change) => t("authorised.change." + change),
  told: (row) => t("authorised.services", {n: setNumber(table("authorised_offices").text("authorisations", row))}),
};

sections.push({
  id: "placement",
  available: () => isDecision("placement") && table("placement") !== null,
  draw() {
    const from = table("placement"), estimates = ["saved_h", "wait_now_h", "wait_placed_h", "unserved_now", "unserved_placed"];
    const columns = [nameColumn(from, t("column.station")), textColumn("change", t("decision.change"), (row) => placed.change(from.text("change", row)), (row) => String(placed.changes.indexOf(from.text("change", row)))),
      plainNumber("placement", "clerks_now"), plainNumber("placement", "clerks_placed"), ...estimates.map((quantity) => estimateColumn(from, quantity))];
    return section("placement", t("placement.title"), note(t("placement.note")), ...listOfChanges(placed, columns, "change"));
  },
});

sections.push({
  id: "placementmap",
  available: () => isDecision("placement") && page.data.map !== null && table("placement") !== null,
  draw: () => DecisionMap.drawn(placed, (row) => Math.abs(Number(table("placement").text("clerks_placed", row)) - Number(table("placement").text("clerks_now", row)))),
});

// What each number of clerks would save at most, with a slider.
sections.push({
  id: "placementbudget",
  available: () => isDecision("placement") && table("placement_budget") !== null && table("placement_budget").rows > 1,
  draw() {
    const from = table("placement_budget"), rows = from.all(), saved = (row) => Number(from.text("saved_in_search_h", row));
    const points = rows.map((row) => ({at: Number(from.text("clerks", row)), three: [saved(row), saved(row), saved(row)], text: textOf(row)}));
    const chart = curveChart(t("placementbudget.title"), {title: t("column.clerks_added"), labels: null, numbers: null}, [{label: "", points}], "", false);
    const last = rows.length - 1, kept = Number(state.get("budget")), chosen = state.has("budget") && kept >= 0 && kept <= last ? kept : last;
    const told = html("output", {class: "frontier", "aria-live": "polite"}, textOf(chosen));
    const slider = html("input", {type: "range", min: 0, max: last, step: 1, value: chosen, id: "budget-step", "aria-label": t("placementbudget.slider"), oninput: () => go(Number(slider.value))});
    const go = (row) => {
      slider.setAttribute("aria-valuetext", textOf(row));
      setState({budget: String(row)});
      told.textContent = textOf(row);
    };
    return section("placementbudget", t("placementbudget.title"), note(t("placementbudget.note")), html("div", {class: "choices"}, slider), told, html("div", {class: "pair"}, chart));
    function textOf(row) {
      return t("placementbudget.point", {clerks: setNumber(from.text("clerks", row)), hours: setNumber(from.text("saved_in_search_h", row))});
    }
  },
});

sections.push({
  id: "placementcurve",
  available: () => isDecision("placement") && table("placement_curve") !== null,
  draw() {
    const drawn = section("placementcurve", t("placementcurve.title"), note(t("placementcurve.note")), html("div", {id: "placementcurve-chosen"}));
    soon(drawPlacementCurve);
    return drawn;
  },
});

function drawPlacementCurve() {
  const host = document.getElementById("placementcurve-chosen"), from = table("placement_curve"), all = table("placement");
  const ids = [...new Set(from.all().map((row) => from.text("id", row)))];
  const changed = ids.find((id) => all.where((row) => all.text("id", row) === id && all.text("change", row) !== "same").length > 0);
  const id = ids.includes(state.get("placed")) ? state.get("placed") : changed || ids[0], rows = from.where((row) => from.text("id", row) === id);
  const options = ids.map((one) => [one, stationOfRow(all, all.where((row) => all.text("id", row) === one)[0])]).sort((a, b) => compareNames(a[1], b[1]));
  const select = html("select", {"data-choice": "placed", onchange: (event) => { setState({placed: event.target.value}); drawPlacementCurve(); document.querySelector("#placementcurve [data-choice=placed]").focus(); }},
    options.map(([value, label]) => html("option", {value, selected: value === id}, label)));
  const chartOf = (quantity) => {
    const value = (row) => Number(from.text(quantity, row)), title = t("placementcurve." + quantity);
    const points = rows.map((row) => ({at: Number(from.text("clerks", row)), three: [value(row), value(row), value(row)], text: setNumber(from.text("clerks", row)) + t("list.colon") + setNumber(from.text(quantity, row))}));
    return html("div", null, html("h3", null, title), curveChart(title, {title: t("column.clerks"), labels: null, numbers: null}, [{label: "", points}], "", false));
  };
  const columns = [plainNumber("placement_curve", "clerks"), ...["wait_h", "unserved"].map((quantity) => numberColumn(quantity, t("placementcurve." + quantity), (row) => setNumber(from.text(quantity, row)), (row) => Number(from.text(quantity, row)))),
    textColumn("placed", t("column.placed"), (row) => t("decision." + from.text("placed", row)))];
  clear(host).append(html("div", {class: "choices"}, html("label", {class: "choose"}, html("span", null, t("column.station")), select)), html("div", {class: "pair"}, ["wait_h", "unserved"].map(chartOf)),
    folded(t("chart.table"), () => new SortedTable({caption: t("placementcurve.title"), columns, rows}).element));
}

sections.push({
  id: "siting",
  available: () => isDecision("siting") && table("siting") !== null,
  draw() {
    const from = table("siting");
    const columns = [nameColumn(from, t("column.place")), countyColumn(from), textColumn("change", t("decision.change"), (row) => sited.change(from.text("change", row))),
      plainNumber("siting", "clerks"), plainNumber("siting", "rank"), plainNumber("siting", "alone_travel_h"), estimateColumn(from, "visits", t("column.visits"))];
    return section("siting", t("siting.title"), note(t("siting.note")), ...listOfChanges(sited, columns, "change"));
  },
});

sections.push({
  id: "sitingmap",
  available: () => isDecision("siting") && page.data.map !== null && table("siting") !== null,
  draw: () => DecisionMap.drawn(sited, (row) => Number(table("siting").text("clerks", row))),
});

sections.push({
  id: "sitingsets",
  available: () => isDecision("siting") && table("siting_sets") !== null,
  draw() {
    const from = table("siting_sets"), candidates = table("siting"), names = new Map(candidates.all().map((row) => [candidates.text("id", row), stationOfRow(candidates, row)]));
    const offices = (row) => from.text("offices", row).split(" ").filter(Boolean).map((id) => "\u2068" + (names.get(id) || id) + "\u2069").join(t("list.comma"));
    const columns = [plainNumber("siting_sets", "set"), textColumn("offices", t("column.offices"), offices), textColumn("chosen", t("column.chosen"), (row) => t("decision." + from.text("chosen", row))),
      plainNumber("siting_sets", "expected_travel_h"), ...["travel_h", "wait_h", "saved_h"].map((quantity) => estimateColumn(from, quantity, t("sitingsets." + quantity)))];
    return section("sitingsets", t("sitingsets.title"), note(t("sitingsets.note")), new SortedTable({caption: t("sitingsets.title"), columns, rows: from.all(), sort: "set"}).element);
  },
});

sections.push({
  id: "authorisations",
  available: () => isDecision("authorising") && table("authorisations") !== null,
  draw() {
    const from = table("authorisations");
    const columns = [nameColumn(from, t("column.office")), serviceColumn(from, "service"), serviceColumn(from, "agency"), countyColumn(from),
      estimateColumn(from, "citizens", t("column.citizens")), plainNumber("authorisations", "expected_travel_h"), plainNumber("authorisations", "expected_travel_km"), estimateColumn(from, "clerk_h")];
    const choice = {column: "kind", values: ["urban", "rural"], title: t("column.kind"), text: (kind) => t("kind." + kind)};
    return section("authorisations", t("authorisations.title"), note(t("authorisations.note")), ...new PlanList({id: "authorisations", name: "authorisations", choice, columns, sort: "expected_travel_h"}).elements());
  },
});

sections.push({
  id: "authorisedmap",
  available: () => isDecision("authorising") && page.data.map !== null && table("authorised_offices") !== null,
  draw: () => DecisionMap.drawn(authorised, (row) => Number(table("authorised_offices").text("authorisations", row))),
});

sections.push({
  id: "authorised",
  available: () => isDecision("authorising") && table("authorised_offices") !== null,
  draw() {
    const from = table("authorised_offices"), name = "authorised_offices";
    const columns = [nameColumn(from, t("column.office")), countyColumn(from), plainNumber(name, "authorisations"),
      ...["utilization_before", "utilization_after", "service_level_before", "service_level_after"].map((quantity) => estimateColumn(from, quantity)),
      ...["targets", "missed_before", "missed_after"].map((column) => plainNumber(name, column))];
    return section("authorised", t("authorised.title"), note(t("authorised.note")), ...listOfChanges(authorised, columns, "authorisations"));
  },
});
