// Where clerks are needed: a dot for each office, as large as the number that it needs more or fewer.
class StaffingMap extends ChangeMap {
  readTable() {
    this.from = table("staffing");
    this.title = t("staffmap.title");
    this.stateKey = "staffed";
    this.drawn = ["none", "same", "open", "fewer", "more", "cannot"];
    this.kindColumn = "change";
  }
  size(row) {
    const by = this.from.text("slots", row) === "" ? ["needed", "now"] : ["hours_needed", "hours_now"];
    return Math.abs(Number(this.from.text(by[0], row)) - Number(this.from.text(by[1], row)));
  }
  text(row) {
    const from = this.from, change = from.text("change", row);
    const parts = [stationOfStaffing(row), named("counties", from.text("county", row))].filter(Boolean).join(t("list.comma"));
    return parts + t("list.colon") + t("staffmap.clerks", {now: setNumber(from.text("now", row)), needed: setNumber(from.text("needed", row))}) + t("list.semicolon") + t("staffing.change." + change);
  }
  showDetails(row) {
    const id = this.from.text("id", row);
    clear(this.details).append(html("h3", null, this.text(row)), html("p", null, code(id), " ", t("proof." + this.from.text("proof", row))));
    drawChosenCurve();
  }
}

sections.push({
  id: "staffmap",
  available: () => page.data.staffing !== undefined && page.data.map !== null,
  draw() {
    const keys = html("ul", {class: "legend"}, staffingChanges.map((change) => html("li", null, html("span", {class: "changekey " + change}), t("staffing.change." + change))));
    const map = new StaffingMap();
    return section("staffmap", t("staffmap.title"), note(t("staffmap.note")), keys, map.element, map.details);
  },
});
