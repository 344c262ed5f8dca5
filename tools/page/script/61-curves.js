// How each response follows a factor: lines with the bands of their intervals through the levels of a grid, dots for the
// points of a sample.
const mostDots = 1000, mostWhiskers = 150;

function lineClass(number) {
  return "line" + (number % 6);
}

// The scale of values: from zero, unless all lie far from it.
function valueScale(numbers, top, bottom) {
  const least = Math.min(...numbers), most = Math.max(...numbers);
  const fromZero = least >= 0 && least < 0.6 * most;
  const step = niceStep(0.7 * (fromZero ? most : most - least) || Math.abs(most) || 1);
  const begin = fromZero ? 0 : Math.floor(least / step + 1e-9) * step;
  const end = Math.max(begin + step, Math.ceil(most / step - 1e-9) * step);
  const ticks = [];
  for (let i = 0; begin + i * step <= end + step / 2; ++i) ticks.push([begin + i * step, stepDigits(begin + i * step, step)]);
  return {at: (value) => top + (1 - (value - begin) / (end - begin)) * (bottom - top), ticks};
}

// A number of few digits, such as lies between two of a factor's.
function numberScale(least, most, left, right) {
  const step = niceStep(0.7 * (most - least) || 1), ticks = [];
  for (let i = Math.ceil(least / step - 1e-9); i * step <= most + 1e-9 * step; ++i) ticks.push([i * step, stepDigits(i * step, step)]);
  return {at: (value) => left + ((value - least) / (most - least || 1)) * (right - left), ticks};
}

// title; over: {title, labels, numbers: of the labels, null where they have none}; lines: [{label, points: [{at, three}]}],
// of which `at` is an index of the labels, or a number where there are no labels; unit: of the values.
function curveChart(title, over, lines, unit, isSample) {
  const narrow = isNarrow(), width = narrow ? 430 : 520, height = 280, left = 62, right = width - 16, top = 14, bottom = height - 46;
  const known = lines.flatMap((line) => line.points).filter((point) => point.three);
  const picture = svg("svg", {viewBox: "0 0 " + width + " " + height, role: "img", "aria-label": title, class: "chart curve"});
  if (known.length === 0) return html("p", {class: "note"}, t("curves.none"));
  const hasBounds = !isSample || known.length <= mostWhiskers;
  const y = valueScale(known.flatMap((point) => (hasBounds ? point.three : [point.three[1]])), top, bottom);
  const numbers = over.numbers || (over.labels ? null : known.map((point) => point.at));
  const margin = numbers ? 14 : (right - left) / (2 * over.labels.length);
  const x = numbers ? numberScale(Math.min(...numbers), Math.max(...numbers), left + margin, right - margin)
    : {at: (i) => left + margin + (i / Math.max(1, over.labels.length - 1)) * (right - left - 2 * margin), ticks: []};
  const xOf = (point) => x.at(over.numbers ? over.numbers[point.at] : point.at);
  const ticks = over.labels ? over.labels.map((label, i) => [over.numbers ? over.numbers[i] : i, label]) : x.ticks.map(([value, digits]) => [value, setNumber(digits)]);
  for (const [value, digits] of y.ticks) {
    picture.append(svg("line", {class: "grid", x1: left, x2: right, y1: y.at(value), y2: y.at(value)}));
    picture.append(chartText(left - 6, y.at(value) + 4, "end", withUnit(digits, unit), "axis"));
  }
  const every = Math.ceil(ticks.length / (narrow ? 5 : 8));
  ticks.forEach(([value, label], i) => {
    if (i % every === 0) picture.append(chartText(x.at(value), bottom + 18, "middle", shortened(label, ticks.length > 4 ? 10 : 18), "axis"));
  });
  picture.append(chartText((left + right) / 2, height - 6, "middle", over.title, "axis"));
  lines.forEach((line, number) => {
    const shift = numbers || lines.length === 1 ? 0 : (number - (lines.length - 1) / 2) * Math.min(12, margin / lines.length);
    const points = line.points.filter((point) => point.three).map((point) => [xOf(point) + shift, ...point.three.map(y.at)]);
    const kind = lineClass(number), to = (a, b) => a.toFixed(1) + " " + b.toFixed(1);
    if (isSample) return picture.append(...sampleMarks(points, kind));
    if (numbers && points.length > 1) {
      const ring = [...points.map(([at, low]) => to(at, low)), ...points.map(([at, , , high]) => to(at, high)).reverse()];
      picture.append(svg("path", {class: "area " + kind, d: "M" + ring.join("L") + "Z"}), svg("path", {class: "line " + kind, d: "M" + points.map(([at, , mean]) => to(at, mean)).join("L")}));
    } else {
      picture.append(svg("path", {class: "bounds " + kind, d: points.map(([at, low, , high]) => `M${to(at, low)}V${high.toFixed(1)}`).join("")}));
    }
    picture.append(...points.map(([at, , mean], i) => svg("circle", {class: "mark " + kind, cx: at.toFixed(1), cy: mean.toFixed(1), r: 3.6}, svg("title", null, line.points.filter((point) => point.three)[i].text || ""))));
  });
  return html("figure", null, picture);
}

// All dots are one path: thousands of elements would be slow.
function sampleMarks(points, kind) {
  const dots = points.map(([at, , mean]) => `M${at.toFixed(1)} ${mean.toFixed(1)}h0`).join("");
  const bounds = points.length > mostWhiskers ? "" : points.map(([at, low, , high]) => `M${at.toFixed(1)} ${low.toFixed(1)}V${high.toFixed(1)}`).join("");
  return [svg("path", {class: "bounds " + kind, d: bounds}), svg("path", {class: "dots " + kind, d: dots})];
}

function estimateText(estimate) {
  return inWords(estimate.m, estimate.unit) + " " + intervalText(estimate);
}

// Which factor is along the axis, which has a line a level, and at which level the others stay.
function curveChoices() {
  const study = theStudy(), ids = study.factors.map((factor) => factor.id);
  const [over, lines] = study.axes;
  const chosen = ids.indexOf(state.get("over")) >= 0 ? ids.indexOf(state.get("over")) : over;
  let byLine = state.get("lines") === "none" ? null : ids.indexOf(state.get("lines")) >= 0 ? ids.indexOf(state.get("lines")) : lines;
  if (byLine === chosen) byLine = ids.findIndex((id, f) => f !== chosen && study.factors[f].levels && study.factors[f].levels.length > 1);
  if (byLine === -1 || !study.curves || study.design.kind !== "full_factorial") byLine = null;
  const fixed = study.factors.map((factor, f) => {
    if (!study.curves || f === chosen || f === byLine) return null;
    const level = Number(state.get("at." + factor.id) || 0);
    return level < factor.levels.length ? level : 0;
  });
  return {over: chosen, lines: byLine, fixed};
}

// The rows of points on the curves: in other factors than those two they are at the chosen level.
function rowsOfCurves(choices) {
  const tokens = valueTokens(), all = table("points").all();
  if (!theStudy().curves) return all.slice(0, mostDots);
  return all.filter((row) => choices.fixed.every((level, f) => level === null || Number(tokens[f][row]) === level));
}

function linesOf(quantity, choices) {
  const {factors} = theStudy(), tokens = valueTokens(), points = table("points"), over = factors[choices.over];
  const levels = choices.lines === null ? [null] : factors[choices.lines].levels.map((level, i) => i);
  const rows = rowsOfCurves(choices);
  return levels.map((level) => ({
    label: level === null ? "" : factorText(factors[choices.lines], factors[choices.lines].levels[level].text),
    points: rows.filter((row) => level === null || Number(tokens[choices.lines][row]) === level).map((row) => {
      const estimate = points.estimate(quantity, row), token = Number(tokens[choices.over][row]);
      const at = over.levels ? token : Number(valueAt(choices.over, row));
      return {at, three: ends(estimate), text: factorTitle(over) + " " + factorText(over, valueAt(choices.over, row)) + t("list.colon") + estimateText(estimate)};
    }).sort((a, b) => a.at - b.at),
  }));
}

function lineLegend(choices) {
  if (choices.lines === null) return null;
  const factor = theStudy().factors[choices.lines];
  return html("ul", {class: "legend"}, html("li", null, factorTitle(factor) + t("list.colon")), factor.levels.map((level, i) =>
    html("li", null, html("span", {class: "key " + lineClass(i)}), html("bdi", null, factorText(factor, level.text)))));
}

function drawCurves(redraw) {
  const study = theStudy(), choices = curveChoices(), over = study.factors[choices.over];
  const isGrid = over.levels !== undefined;
  const axis = {
    title: factorTitle(over),
    labels: isGrid ? over.levels.map((level) => factorText(over, level.text)) : null,
    numbers: isGrid && over.numeric ? over.levels.map((level) => Number(level.text)) : null,
  };
  const first = (options, chosen) => [...options.filter(([value]) => value === chosen), ...options.filter(([value]) => value !== chosen)];
  const factors = study.factors.map((factor) => [factor.id, factorTitle(factor)]);
  const usualOver = study.factors[study.axes[0]].id, usualLines = study.axes[1] === null ? "none" : study.factors[study.axes[1]].id;
  const selects = [choiceOf("over", t("curves.over"), first(factors.filter((unused, f) => !study.curves || study.factors[f].levels.length > 1), usualOver), over.id, redraw)];
  if (study.curves && study.design.kind === "full_factorial" && study.factors.length > 1) {
    const options = [...factors.filter((unused, f) => f !== choices.over && study.factors[f].levels.length > 1), ["none", t("curves.no_lines")]];
    selects.push(choiceOf("lines", t("curves.lines"), first(options, usualLines), choices.lines === null ? "none" : study.factors[choices.lines].id, redraw));
    choices.fixed.forEach((level, f) => {
      if (level === null || study.factors[f].levels.length < 2) return;
      const options = study.factors[f].levels.map((one, i) => [String(i), factorText(study.factors[f], one.text)]);
      selects.push(choiceOf("at." + study.factors[f].id, factorTitle(study.factors[f]), options, String(level), redraw));
    });
  }
  const fixed = choices.fixed.map((level, f) => (level === null ? null : factorTitle(study.factors[f]) + " " + factorText(study.factors[f], study.factors[f].levels[level].text))).filter(Boolean);
  const charts = study.responses.map((response, i) => html("div", null, html("h3", null, responseTitle(response)),
    curveChart(responseTitle(response), axis, linesOf("r" + i, choices), response.unit, !study.curves)));
  return [html("div", {class: "choices"}, selects.filter(Boolean)), lineLegend(choices),
    fixed.length > 0 ? note(t("curves.fixed", {factors: fixed.join(t("list.comma"))})) : null, html("div", {class: "pair"}, charts)];
}

sections.push({
  id: "curves",
  available: () => theStudy() !== undefined && table("points").rows > 0,
  draw() {
    const host = html("div");
    const redraw = () => {
      const focused = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.choice : undefined;
      clear(host).append(...drawCurves(redraw).filter(Boolean));
      const select = focused === undefined ? null : host.querySelector("[data-choice='" + focused + "']");
      if (select) select.focus();
    };
    redraw();
    const study = theStudy(), isCut = table("points").rows < study.points || (!study.curves && table("points").rows > mostDots);
    const shown = study.curves ? table("points").rows : Math.min(mostDots, table("points").rows);
    return section("curves", t("curves.title"), note(t(study.curves ? "curves.note" : "curves.note_of_sample")),
      isCut ? note(t("curves.first", {n: setNumber(String(shown)), all: setNumber(String(study.points))})) : null, host);
  },
});
