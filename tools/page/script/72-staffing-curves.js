// How far clerks go: at one station, and at all of them together. Numbers of the search, not of the proof.

// By station the rows of its curve.
function curvesOfStations() {
  const from = table("staffing_curve");
  if (curvesOfStations.rows === undefined) {
    curvesOfStations.rows = new Map();
    for (const row of from === null ? [] : from.all()) {
      const id = from.text("station", row);
      if (!curvesOfStations.rows.has(id)) curvesOfStations.rows.set(id, []);
      curvesOfStations.rows.get(id).push(row);
    }
  }
  return curvesOfStations.rows;
}

function chosenStaffed() {
  const rows = curvesOfStations(), chosen = state.get("staffed");
  if (rows.has(chosen)) return chosen;
  const from = table("staffing"), changed = from.where((row) => rows.has(from.text("id", row)) && from.text("now", row) !== from.text("needed", row));
  return changed.length > 0 ? from.text("id", changed[0]) : [...rows.keys()][0];
}

function staffingCurve(id, quantity) {
  const from = table("staffing_curve"), unit = from.unit(quantity);
  const points = curvesOfStations().get(id).map((row) => {
    const estimate = from.estimate(quantity, row), clerks = from.text("clerks", row);
    return {at: Number(clerks), three: ends(estimate), text: t("staffcurve.clerks", {n: setNumber(clerks)}) + t("list.colon") + estimateText(estimate)};
  });
  const title = quantityTitle(quantity, unit);
  return html("div", null, html("h3", null, title), curveChart(title, {title: t("column.clerks"), labels: null, numbers: null}, [{label: "", points}], unit, curvesOfStations().get(id).some((row) => from.text("groups", row).includes(" "))));
}

function curveTable(id) {
  const from = table("staffing_curve");
  const columns = [
    numberColumn("clerks", t("column.clerks"), (row) => setDigits(from.text("groups", row)), (row) => Number(from.text("clerks", row))),
    estimateColumn(from, "service_level"), estimateColumn(from, "wait_joined_s"),
    textColumn("meets", t("column.meets"), (row) => t("meets." + from.text("meets", row))),
  ];
  return new SortedTable({caption: t("staffcurve.title"), columns, rows: curvesOfStations().get(id)}).element;
}

function drawChosenCurve() {
  const host = document.getElementById("staffcurve-chosen");
  if (host === null) return;
  const from = table("staffing"), rows = from.where((row) => curvesOfStations().has(from.text("id", row))), id = chosenStaffed();
  const options = rows.map((row) => [from.text("id", row), stationOfStaffing(row)]).sort((a, b) => compareNames(a[1], b[1]));
  const select = html("select", {"data-choice": "staffed", onchange: (event) => { setState({staffed: event.target.value}); drawChosenCurve(); document.querySelector("#staffcurve [data-choice=staffed]").focus(); }},
    options.map(([value, label]) => html("option", {value, selected: value === id}, label)));
  const row = rows.find((one) => from.text("id", one) === id);
  clear(host).append(html("div", {class: "choices"}, html("label", {class: "choose"}, html("span", null, t("column.station")), select)),
    note(t("staffmap.clerks", {now: setNumber(from.text("now", row)), needed: setNumber(from.text("needed", row))}) + t("list.semicolon") + t("proof." + from.text("proof", row))),
    html("div", {class: "pair"}, ["service_level", "wait_joined_s"].map((quantity) => staffingCurve(id, quantity))), folded(t("chart.table"), () => curveTable(id)));
}

sections.push({
  id: "staffcurve",
  available: () => page.data.staffing !== undefined && curvesOfStations().size > 0,
  draw() {
    const drawn = section("staffcurve", t("staffcurve.title"), note(t("staffcurve.note", {minutes: setNumber(page.data.run.within_min)})), html("div", {id: "staffcurve-chosen"}));
    soon(drawChosenCurve);
    return drawn;
  },
});

// The frontier: each step's clerk goes where it brings most.
function frontierSteps() {
  const {frontier} = page.data.staffing;
  frontier.steps = frontier.steps || Object.fromEntries(["clerks", "share", "wait", "station", "station_clerks"].map((key) => [key, frontier[key].split(" ")]));
  return frontier.steps;
}

// The step at which there are as many clerks as now, or as needed.
function stepWithClerks(clerks) {
  const numbers = frontierSteps().clerks.map(Number), after = numbers.findIndex((number) => number > clerks);
  return after < 0 ? numbers.length - 1 : Math.max(0, after - 1);
}

function clerksOnCurves(key) {
  const from = table("staffing"), rows = curvesOfStations();
  return from.where((row) => rows.has(from.text("id", row))).reduce((sum, row) => sum + Number(from.text(key, row)), 0);
}

function frontierChart(quantity, unit, chosen) {
  const {clerks} = frontierSteps(), values = frontierSteps()[quantity].map(Number), numbers = clerks.map(Number);
  const narrow = isNarrow(), width = narrow ? 430 : 520, height = 260, left = 62, right = width - 16, top = 14, bottom = height - 46;
  const title = t(quantity === "share" ? "column.service_level" : "column.wait_joined_s");
  const picture = svg("svg", {viewBox: "0 0 " + width + " " + height, role: "img", "aria-label": title, class: "chart frontier"});
  const y = valueScale(values, top, bottom), x = numberScale(Math.min(...numbers), Math.max(...numbers), left, right);
  for (const [value, digits] of y.ticks) {
    picture.append(svg("line", {class: "grid", x1: left, x2: right, y1: y.at(value), y2: y.at(value)}));
    picture.append(chartText(left - 6, y.at(value) + 4, "end", withUnit(digits, unit), "axis"));
  }
  for (const [value, digits] of x.ticks) picture.append(chartText(x.at(value), bottom + 18, "middle", setNumber(digits), "axis"));
  picture.append(chartText((left + right) / 2, height - 6, "middle", t("column.clerks"), "axis"));
  picture.append(svg("path", {class: "line line0", d: "M" + values.map((value, i) => x.at(numbers[i]).toFixed(1) + " " + y.at(value).toFixed(1)).join("L")}));
  const mark = svg("circle", {class: "mark line0", r: 5});
  picture.append(mark);
  const move = (step) => { mark.setAttribute("cx", x.at(numbers[step]).toFixed(1)); mark.setAttribute("cy", y.at(values[step]).toFixed(1)); };
  move(chosen);
  return {element: html("div", null, html("h3", null, title), html("figure", null, picture)), move};
}

function frontierText(step) {
  const {clerks, share, wait, station, station_clerks: numbers} = frontierSteps();
  const text = t("frontier.at", {clerks: setNumber(clerks[step]), share: setPercent(share[step]), wait: setNumber(wait[step]), minutes: setNumber(page.data.run.within_min)});
  if (step + 1 >= clerks.length) return text;
  const from = table("staffing"), row = from.where((one) => from.text("id", one) === station[step + 1])[0];
  return text + " " + t("frontier.next", {station: "\u2068" + stationOfStaffing(row) + "\u2069", clerks: setNumber(numbers[step + 1])});
}

sections.push({
  id: "frontier",
  available: () => page.data.staffing !== undefined && page.data.staffing.frontier !== null,
  draw() {
    const last = frontierSteps().clerks.length - 1, now = stepWithClerks(clerksOnCurves("now")), needed = stepWithClerks(clerksOnCurves("needed"));
    const kept = Number(state.get("step")), chosen = state.has("step") && kept >= 0 && kept <= last ? kept : needed;
    const charts = [frontierChart("share", "percent", chosen), frontierChart("wait", "min", chosen)];
    const told = html("output", {class: "frontier", "aria-live": "polite"}, frontierText(chosen));
    const slider = html("input", {type: "range", min: 0, max: last, step: 1, value: chosen, id: "frontier-step", "aria-label": t("frontier.slider"), oninput: () => go(Number(slider.value))});
    const go = (step) => {
      slider.value = step;
      slider.setAttribute("aria-valuetext", frontierText(step));
      setState({step: String(step)});
      told.textContent = frontierText(step);
      for (const chart of charts) chart.move(step);
    };
    const button = (title, step) => html("button", {type: "button", onclick: () => go(step)}, title);
    return section("frontier", t("frontier.title"), note(t("frontier.note")),
      html("div", {class: "choices"}, slider, button(t("frontier.now"), now), button(t("frontier.needed"), needed)), told,
      html("div", {class: "pair"}, charts.map((chart) => chart.element)));
  },
});
