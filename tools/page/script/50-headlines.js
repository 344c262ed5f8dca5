// Two or more runs with the same citizens: what differs between the first and another.
function otherRuns() {
  return page.data.comparison.runs.slice(1);
}

function chosenRun() {
  const names = otherRuns().map((run) => run.name);
  return names.includes(state.get("run")) ? state.get("run") : names[0];
}

function runTitle(name) {
  const run = page.data.comparison.runs.find((one) => one.name === name);
  return "\u2068" + (run ? run.title : name) + "\u2069";
}

function firstTitle() {
  return runTitle(page.data.comparison.runs[0].name);
}

// What is about one of the other runs: drawn again in all sections when another is chosen.
const aboutRun = new Map();

function ofChosenRun(id, draw) {
  const host = html("div");
  const show = () => {
    const options = otherRuns().map((run) => [run.name, run.title]);
    clear(host).append(...[choiceOf("run", t("compare.run"), options, chosenRun(), () => {
      for (const redraw of aboutRun.values()) redraw();
      const select = document.querySelector("#" + id + " [data-choice=run]");
      if (select) select.focus();
    }), draw(chosenRun())].flat().filter(Boolean));
  };
  aboutRun.set(id, show);
  show();
  return host;
}

// Past a million the number says no more.
function unpairedText(row) {
  if (row.unpaired === undefined) return t("no_value");
  return row.unpaired > 1e6 ? t("compare.more_than", {n: setNumber(1e6)}) : setNumber(row.unpaired);
}

function quantityName(quantity, channel) {
  const name = t("compare.quantity." + quantity);
  return channel === "all" ? name : name + t("list.comma") + t("channel." + channel);
}

// A difference with its interval; what differs by no number has none.
function differenceText(row) {
  if (row.m === undefined) return t("no_value");
  return [inWords(row.m, row.of_difference), html("small", null, " " + t("interval.short", {low: withUnit(row.l, row.of_difference), high: withUnit(row.u, row.of_difference)}))];
}

function headlinesTable(rows) {
  const known = (value) => (value === undefined || value === null ? NaN : Number(value));
  const columns = [
    textColumn("quantity", t("asked.quantity"), (row) => quantityName(row.quantity, row.channel)),
    numberColumn("a", firstTitle(), (row) => inWords(row.a, row.unit), (row) => known(row.a)),
    numberColumn("b", runTitle(chosenRun()), (row) => inWords(row.b, row.unit), (row) => known(row.b)),
    numberColumn("difference", t("compare.difference"), differenceText, (row) => known(row.m)),
    numberColumn("unpaired", t("compare.unpaired"), unpairedText, (row) => known(row.unpaired)),
  ];
  return new SortedTable({caption: t("headlines.title"), columns, rows}).element;
}

sections.push({
  id: "headlines",
  available: () => page.data.comparison !== undefined,
  draw() {
    return section("headlines", t("headlines.title"), note(t("headlines.note", {n: setNumber(String(page.data.run.replications))})), ofChosenRun("headlines", (run) => {
      const rows = page.data.comparison.headlines[run];
      const same = page.data.comparison.quantities.filter((quantity) => !rows.some((row) => row.quantity === quantity));
      return [
        rows.length > 0 ? headlinesTable(rows) : null,
        same.length > 0 ? note(t("headlines.same", {quantities: same.map((quantity) => quantityName(quantity, "all")).join(t("list.comma"))})) : null,
      ];
    }));
  },
});
