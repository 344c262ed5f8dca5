// A plan: its waves, the services that move, and how far clerks would let more of them move.
const wavesAndStay = () => [...page.data.plan.waves.map((wave) => wave.id), "stays"];

function nameOfWave(id) {
  return id === "stays" ? t("plan.stays") : id;
}

// Clerks that the waves add, by wave.
function clerksOfWaves() {
  const from = table("plan_offices"), sums = page.data.plan.waves.map(() => 0);
  for (const row of from === null ? [] : from.all()) from.text("clerks_by_wave", row).split(" ").forEach((clerks, wave) => (sums[wave] += Number(clerks)));
  return sums;
}

sections.push({
  id: "planwaves",
  available: () => page.data.plan !== undefined && table("plan") !== null,
  draw() {
    const from = table("plan"), {waves} = page.data.plan, clerks = clerksOfWaves(), rows = waves.map((wave, i) => i);
    const moved = rows.map((i) => from.where((row) => from.text("wave", row) === waves[i].id));
    const columns = [
      textColumn("wave", t("column.wave"), (i) => html("bdi", null, waves[i].id), (i) => String(i).padStart(4, "0")),
      textColumn("starts", t("column.starts"), (i) => setDigits(waves[i].starts), (i) => waves[i].starts),
      numberColumn("services", t("column.services"), (i) => setNumber(String(moved[i].length)), (i) => moved[i].length),
      numberColumn("citizens", t("column.citizens"), (i) => setNumber(waves[i].citizens), (i) => Number(waves[i].citizens)),
      numberColumn("cost", t("column.cost_clerk_h"), (i) => setNumber(waves[i].cost_clerk_h), (i) => Number(waves[i].cost_clerk_h)),
      numberColumn("clerks", t("column.clerks_added"), (i) => setNumber(String(clerks[i])), (i) => clerks[i]),
    ];
    return section("planwaves", t("planwaves.title"), note(t("planwaves.note")), new SortedTable({caption: t("planwaves.title"), columns, rows, sort: "wave"}).element);
  },
});

// A list that is searched by name and chosen from by one column.
class PlanList {
  // options: id (of the section), name (of the table), choice: {column, values, title, text(value)}, columns, sort
  constructor(options) {
    Object.assign(this, options);
    const from = table(this.name), there = this.choice.values.filter((value) => from.columns[this.choice.column].includes(value));
    this.query = html("input", {type: "search", value: state.get(this.id + ".q") || "", autocomplete: "off", placeholder: t("list.placeholder"), oninput: () => this.search()});
    this.select = html("select", {onchange: () => this.search()}, [["", t("list.all")], ...there.map((value) => [value, this.choice.text(value)])].map(([value, label]) => html("option", {value}, label)));
    this.select.value = there.includes(state.get(this.id + ".only")) ? state.get(this.id + ".only") : "";
    this.count = html("p", {class: "note", role: "status"});
    this.list = new SortedTable({caption: t(this.id + ".title"), columns: this.columns, rows: from.all(), sort: state.get(this.id + ".sort") || this.sort, descending: state.get(this.id + ".down") === "1",
      onsort: (key, descending) => setState({[this.id + ".sort"]: key, [this.id + ".down"]: descending ? "1" : "0"})});
    this.texts = from.all().map((row) => ["id", "name_fa", "name_en", "agency_fa", "agency_en"].map((column) => from.text(column, row)).map(fold).join(" "));
    this.show();
  }
  search() {
    setState({[this.id + ".q"]: this.query.value, [this.id + ".only"]: this.select.value});
    this.show();
  }
  show() {
    const from = table(this.name), words = wordsOf(this.query.value), only = this.select.value;
    this.list.show(from.where((row) => (only === "" || from.text(this.choice.column, row) === only) && matches(this.texts[row], words)));
    this.count.textContent = t("list.count", {n: setNumber(String(this.list.count)), all: setNumber(String(from.rows))});
  }
  elements() {
    const labelled = (field, title) => html("label", null, html("span", null, title), field);
    return [html("div", {class: "filters", role: "search", "aria-label": t(this.id + ".title")}, labelled(this.query, t("list.search")), labelled(this.select, this.choice.title)), this.count, this.list.element];
  }
}

function plainNumber(name, column) {
  const from = table(name);
  return numberColumn(column, t("column." + column), (row) => (from.text(column, row) === "" ? t("no_value") : setNumber(from.text(column, row))), (row) => Number(from.text(column, row) || NaN));
}

sections.push({
  id: "planservices",
  available: () => page.data.plan !== undefined && table("plan") !== null,
  draw() {
    const from = table("plan"), nameOf = (row) => from.name(row, from.text("id", row)), order = wavesAndStay();
    const agencyOf = (row) => nameIn(from.text("agency_fa", row), from.text("agency_en", row), "");
    const columns = [
      textColumn("name", t("column.service"), (row) => html("bdi", {title: from.text("id", row)}, nameOf(row)), nameOf),
      textColumn("agency", t("column.agency"), agencyOf),
      textColumn("wave", t("column.wave"), (row) => html("bdi", null, nameOfWave(from.text("wave", row))), (row) => String(order.indexOf(from.text("wave", row))).padStart(4, "0")),
      plainNumber("plan", "citizens"), plainNumber("plan", "citizens_at_once"),
      ...(page.data.plan.gains_time ? [numberColumn("gain", t("plan.saved_hours"), (row) => setNumber(from.text("gain", row)), (row) => Number(from.text("gain", row)))] : []),
      plainNumber("plan", "cost_clerk_h"),
    ];
    const choice = {column: "wave", values: order, title: t("column.wave"), text: nameOfWave};
    return section("planservices", t("planservices.title"), note(t("planservices.note")), ...new PlanList({id: "planservices", name: "plan", choice, columns, sort: "wave"}).elements());
  },
});

sections.push({
  id: "planfrontier",
  available: () => page.data.plan !== undefined && table("plan_frontier") !== null,
  draw() {
    const from = table("plan_frontier"), rows = from.all();
    const points = rows.map((row) => {
      const share = Number(from.text("moved_share", row));
      return {at: Number(from.text("clerks", row)), three: [share, share, share], text: t("planfrontier.point", {clerks: setNumber(from.text("clerks", row)), share: setPercent(from.text("moved_share", row)), services: setNumber(from.text("services", row))})};
    });
    const columns = [
      plainNumber("plan_frontier", "clerks"), plainNumber("plan_frontier", "services"),
      numberColumn("moved_share", t("column.moved_share"), (row) => setPercent(from.text("moved_share", row)), (row) => Number(from.text("moved_share", row))),
      textColumn("known_by", t("column.known_by"), (row) => t("known_by." + from.text("known_by", row))),
    ];
    const chart = curveChart(t("planfrontier.title"), {title: t("column.clerks_added"), labels: null, numbers: null}, [{label: "", points}], "percent", false);
    return section("planfrontier", t("planfrontier.title"), note(t("planfrontier.note")), html("div", {class: "pair"}, chart), new SortedTable({caption: t("planfrontier.title"), columns, rows}).element);
  },
});
