// Which stations and services become better or worse: searched, sorted, with the size of the difference.
const changeResults = ["worse", "better", "undecided", "opened", "closed", "untouched"];

function changedName(from, row) {
  const name = from.name(row, from.text("id", row));
  return from.text("level", row) === "service" ? name + t("list.comma") + t("channel." + from.text("channel", row)) : name;
}

// A station on the map leads there.
function changedLink(from, row) {
  const name = html("bdi", {title: from.text("id", row)}, changedName(from, row));
  if (changeMap.map === null || from !== table("changed") || changeMap.map.position(row) === null) return name;
  return html("a", {href: linkTo({office: from.text("id", row), to: "changemap"}), onclick: (event) => { event.preventDefault(); changeMap.map.choose(row, true); }}, name);
}

function resultMark(result) {
  return html("span", {class: "standing " + result}, t("result." + result));
}

function verdictsText(from, row) {
  const [before, after] = [from.text("verdict_a", row), from.text("verdict_b", row)].map((verdict) => (verdict ? t("standing." + verdict) : ""));
  if (!before && !after) return t("no_value");
  if (before === after) return before;
  return t("compare.from_to", {a: before || t("no_value"), b: after || t("no_value")});
}

function changedColumns(from) {
  const beside = (key, unit) => numberColumn(key, t("changed." + key), (row) => withUnit(from.text(key, row) || null, unit), (row) => (from.text(key, row) ? Number(from.text(key, row)) : NaN));
  const columns = [
    textColumn("name", t("changed.name"), (row) => changedLink(from, row), (row) => changedName(from, row)),
    textColumn("result", t("changed.result"), (row) => resultMark(from.text("result", row)), (row) => String(changeResults.indexOf(from.text("result", row)))),
    estimateColumn(from, "wait_joined_difference_s"),
    beside("wait_joined_a", "min"), beside("wait_joined_b", "min"),
    estimateColumn(from, "service_level_difference"),
    beside("service_level_a", "percent"), beside("service_level_b", "percent"),
  ];
  if (from.columns.verdict_a.some((verdict) => verdict !== ""))
    columns.splice(2, 0, textColumn("verdict", t("changed.verdict"), (row) => verdictsText(from, row)));
  if (from.columns.county.some((county) => county !== "")) columns.push(textColumn("county", t("column.county"), (row) => named("counties", from.text("county", row))));
  return columns;
}

class ChangedList {
  constructor(kind, run) {
    this.kind = kind;
    this.from = table(kind);
    this.rows = this.from.where((row) => this.from.text("run", row) === run);
    const from = this.from;
    this.query = html("input", {type: "search", value: this.kept("q"), autocomplete: "off", placeholder: t("list.placeholder"), oninput: () => this.search()});
    this.result = this.choice("result", [["", t("changed.touched")], ...changeResults.map((one) => [one, t("result." + one)]), ["all", t("list.all")]]);
    const counties = [...new Set(this.rows.map((row) => from.text("county", row)))].filter(Boolean).map((id) => [id, named("counties", id)]);
    counties.sort((a, b) => compareNames(a[1], b[1]));
    this.county = this.choice("county", [["", t("list.all")], ...counties]);
    this.count = html("p", {class: "note", role: "status"});
    this.list = new SortedTable({
      caption: t(kind + ".title"), columns: changedColumns(from), rows: this.rows, sort: this.kept("sort") || "wait_joined_difference_s", descending: this.kept("sort") ? this.kept("down") === "1" : true,
      onsort: (key, descending) => this.keep({sort: key, down: descending ? "1" : "0"}),
    });
    this.list.show(this.found());
    this.tell();
  }
  // Each list has keys of its own in the fragment.
  kept(key) {
    return state.get(this.kind + "." + key) || "";
  }
  keep(changes) {
    setState(Object.fromEntries(Object.entries(changes).map(([key, value]) => [this.kind + "." + key, value])));
  }
  choice(key, options) {
    const select = html("select", {onchange: () => this.search()}, options.map(([value, label]) => html("option", {value}, label)));
    select.value = this.kept(key);
    if (select.selectedIndex < 0) select.value = "";
    return select;
  }
  texts() {
    const from = this.from;
    from.folded = from.folded || from.all().map((row) => [from.text("id", row), from.text("name_fa", row), from.text("name_en", row), ...(page.data.names.counties[from.text("county", row)] || [])].map(fold).join(" "));
    return from.folded;
  }
  found() {
    const from = this.from, words = wordsOf(this.query.value), texts = words.length > 0 ? this.texts() : null;
    const result = this.result.value, county = this.county.value;
    return this.rows.filter((row) => {
      const its = from.text("result", row);
      return (result === "all" || (result === "" ? its !== "untouched" : its === result)) && (county === "" || from.text("county", row) === county) && (texts === null || matches(texts[row], words));
    });
  }
  search() {
    this.keep({q: this.query.value, result: this.result.value, county: this.county.value});
    this.list.show(this.found());
    this.tell();
  }
  tell() {
    this.count.textContent = t("list.count", {n: setNumber(String(this.list.count)), all: setNumber(String(this.rows.length))});
  }
  elements() {
    const labelled = (field, title) => html("label", null, html("span", null, title), field);
    const filters = [labelled(this.query, t("list.search")), labelled(this.result, t("changed.result"))];
    if (this.county.options.length > 2) filters.push(labelled(this.county, t("column.county")));
    return [html("div", {class: "filters", role: "search", "aria-label": t(this.kind + ".title")}, filters), this.count, this.list.element];
  }
}

for (const kind of ["changed", "changed_services"]) {
  sections.push({
    id: kind,
    available: () => table(kind) !== null,
    draw() {
      return section(kind, t(kind + ".title"), note(t(kind + ".note")), ofChosenRun(kind, (run) => new ChangedList(kind, run).elements()));
    },
  });
}

// Three or more runs, the best first.
function rankingTable(rows) {
  const columns = [
    textColumn("quantity", t("asked.quantity"), (row) => quantityName(row.quantity, row.channel)),
    numberColumn("rank", t("ranking.rank"), (row) => setNumber(String(row.rank)), (row) => row.rank),
    textColumn("run", t("compare.run"), (row) => runTitle(row.run), (row) => row.run),
    numberColumn("value", t("ranking.value"), (row) => inWords(row.value, row.unit), (row) => Number(row.value)),
    numberColumn("to_best", t("ranking.to_best"), (row) => (row.rank === 1 ? "" : differenceText(row)), (row) => Number(row.m)),
    textColumn("tied", t("ranking.tied"), (row) => (row.tied ? t("ranking.is_tied") : "")),
  ];
  return new SortedTable({caption: t("ranking.title"), columns, rows}).element;
}

sections.push({
  id: "ranking",
  available: () => page.data.comparison !== undefined && page.data.comparison.ranking.length > 0,
  draw: () => section("ranking", t("ranking.title"), note(t("ranking.note")), rankingTable(page.data.comparison.ranking)),
});
