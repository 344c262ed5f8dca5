// On which factors each response depends: two indices a factor, with their intervals, and the table beside.
const shownIndices = {sobol_indices: ["first_order", "total"], morris: ["mean_size", "deviation"]};
const allIndices = {sobol_indices: ["first_order", "total"], morris: ["mean_effect", "mean_size", "deviation"]};

function indexOf(response, factor, index) {
  return theStudy().sensitivities.find((one) => one.response === response && one.factor === factor && one.index === index) || null;
}

function indexEnds(one) {
  return one === null || one.m === undefined ? null : [Number(one.l), Number(one.m), Number(one.u)];
}

function sensitivityChart(title, response) {
  const {factors, design} = theStudy(), indices = shownIndices[design.kind];
  const narrow = isNarrow(), width = narrow ? 430 : 520, left = narrow ? 110 : 140, right = 20, row = 40, top = 8;
  const height = top + factors.length * row + 30;
  const known = factors.map((unused, f) => indices.map((index) => indexEnds(indexOf(response, f, index))));
  const numbers = [0, ...known.flat(2).filter((value) => value !== null), ...(design.kind === "sobol_indices" ? [1] : [])];
  const least = Math.min(...numbers), most = Math.max(...numbers), step = niceStep(most - least || 1);
  const begin = Math.floor(least / step + 1e-9) * step, end = Math.ceil(most / step - 1e-9) * step;
  const x = (value) => left + ((value - begin) / (end - begin || 1)) * (width - left - right);
  const picture = svg("svg", {viewBox: "0 0 " + width + " " + height, role: "img", "aria-label": title, class: "chart sensitivities"});
  for (let i = 0; begin + i * step <= end + step / 2; ++i) {
    const value = begin + i * step;
    picture.append(svg("line", {class: Math.abs(value) < step / 2 ? "zero" : "grid", x1: x(value), x2: x(value), y1: top, y2: height - 26}));
    picture.append(chartText(x(value), height - 8, "middle", setNumber(stepDigits(value, step)), "axis"));
  }
  factors.forEach((factor, f) => {
    const middle = top + f * row + row / 2;
    picture.append(chartText(left - 10, middle + 4, "end", shortened(factor.id, narrow ? 13 : 18), "label"));
    known[f].forEach((three, i) => {
      if (three === null) return;
      const y = middle + (i === 0 ? -7 : 7);
      picture.append(svg("line", {class: "bounds line" + i, x1: x(three[0]), x2: x(three[2]), y1: y, y2: y}));
      picture.append(svg("circle", {class: "mark line" + i, cx: x(three[1]), cy: y, r: 5}));
    });
  });
  return html("figure", null, picture);
}

function sensitivityTable(title, response) {
  const {factors, design} = theStudy();
  const column = (index) => numberColumn(index, t("index." + index), (f) => {
    const one = indexOf(response, f, index);
    if (one === null || one.m === undefined) return t("no_value");
    return [setNumber(one.m), html("small", null, " " + t("interval.short", {low: setNumber(one.l), high: setNumber(one.u)}))];
  }, (f) => {
    const three = indexEnds(indexOf(response, f, index));
    return three === null ? NaN : three[1];
  });
  const columns = [textColumn("factor", t("study.factor"), (f) => code(factors[f].id), (f) => factors[f].id), ...allIndices[design.kind].map(column)];
  return new SortedTable({caption: title, columns, rows: factors.map((unused, f) => f), sort: shownIndices[design.kind][design.kind === "morris" ? 0 : 1], descending: true}).element;
}

sections.push({
  id: "sensitivities",
  available: () => theStudy() !== undefined && theStudy().sensitivities.length > 0,
  draw() {
    const {responses, design, sensitivities} = theStudy(), indices = shownIndices[design.kind];
    const keys = html("ul", {class: "legend"}, indices.map((index, i) => html("li", null, html("span", {class: "dotkey line" + i}), t("index." + index))));
    const parts = responses.map((response, i) => {
      const one = sensitivities.find((row) => row.response === i);
      if (!one) return [html("h3", null, responseTitle(response)), note(t("sensitivities.none"))];
      const unit = design.kind === "morris" && hasText("unit." + one.unit) ? " (" + t("unit." + one.unit) + ")" : "";
      const title = inLanguage(response.name) + unit;
      return [html("h3", null, title), html("div", {class: "pair"}, html("div", null, sensitivityChart(title, i)), html("div", null, sensitivityTable(title, i)))];
    });
    return section("sensitivities", t("sensitivities.title"), note(t("sensitivities.note." + design.kind, {rows: setNumber(String(design.sample))})), keys, parts);
  },
});
