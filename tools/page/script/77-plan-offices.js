// The stations to which a plan adds work: on the map and in a list, the ones nearest to their targets first.
const planStates = ["open", "unheld", "part_kept", "full", "no_target", "clerks", "kept"];
// By state, the class of its dot and mark.
const planMarks = {open: "open", unheld: "cannot", part_kept: "cannot", full: "cannot", no_target: "open", clerks: "more", kept: "same"};

function stationOfPlan(row) {
  return table("plan_offices").name(row, table("plan_offices").text("id", row));
}

class PlanMap extends ChangeMap {
  readTable() {
    this.from = table("plan_offices");
    this.title = t("planmap.title");
    this.stateKey = "planned";
    this.drawn = ["same", "cannot", "more", "open"];
  }
  kind(row) {
    return planMarks[this.from.text("state", row)];
  }
  size(row) {
    return Number(this.from.text("clerks_added", row));
  }
  text(row) {
    return stationOfPlan(row) + t("list.colon") + t("planmap.clerks", {n: setNumber(this.from.text("clerks_added", row))}) + t("list.semicolon") + t("planstate." + this.from.text("state", row));
  }
  showDetails(row) {
    clear(this.details).append(html("h3", null, this.text(row)), html("p", null, code(this.from.text("id", row))));
  }
}

sections.push({
  id: "planmap",
  available: () => page.data.plan !== undefined && page.data.map !== null,
  draw() {
    const from = table("plan_offices"), seen = new Set(Array.from({length: from.rows}, (_, row) => from.text("state", row)));
    const keys = html("ul", {class: "legend"}, planStates.filter((one) => seen.has(one)).map((one) => html("li", null, html("span", {class: "changekey " + planMarks[one]}), t("planstate." + one))));
    const map = new PlanMap();
    return section("planmap", t("planmap.title"), note(t("planmap.note")), keys, map.element, map.details);
  },
});

sections.push({
  id: "planoffices",
  available: () => page.data.plan !== undefined && table("plan_offices") !== null,
  draw() {
    const from = table("plan_offices"), margin = (row) => from.value("in_time", row) - Number(from.text("goal", row) || NaN);
    const columns = [
      textColumn("name", t("column.station"), (row) => html("bdi", {title: from.text("id", row)}, stationOfPlan(row)), stationOfPlan),
      textColumn("state", t("column.state"), (row) => html("span", {class: "standing " + planMarks[from.text("state", row)]}, t("planstate." + from.text("state", row))), (row) => String(planStates.indexOf(from.text("state", row)))),
      numberColumn("clerks_added", t("column.clerks_by_wave"), (row) => setDigits(from.text("clerks_by_wave", row)), (row) => Number(from.text("clerks_added", row))),
      textColumn("month", t("planoffices.month"), (row) => (from.text("month", row) ? setDigits(from.text("month", row)) : t("no_value")), (row) => from.text("month", row)),
      {...estimateColumn(from, "in_time", t("planoffices.in_time")), key: "margin", sortBy: margin},
      numberColumn("goal", t("column.goal"), (row) => (from.text("goal", row) ? setPercent(from.text("goal", row)) : t("no_value")), (row) => Number(from.text("goal", row) || NaN)),
      plainNumber("plan_offices", "work_h"), plainNumber("plan_offices", "most_work_h"),
      plainNumber("plan_offices", "months_missed_before"),
      numberColumn("let_off_in_time", t("column.let_off_in_time"), (row) => (from.text("let_off_in_time", row) ? setPercent(from.text("let_off_in_time", row)) : t("no_value")), (row) => Number(from.text("let_off_in_time", row) || NaN)),
    ];
    const choice = {column: "state", values: planStates, title: t("column.state"), text: (one) => t("planstate." + one)};
    return section("planoffices", t("planoffices.title"), note(t("planoffices.note")), ...new PlanList({id: "planoffices", name: "plan_offices", choice, columns, sort: "margin"}).elements());
  },
});
