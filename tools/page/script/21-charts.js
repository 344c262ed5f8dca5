// Charts in SVG. Time and values run from left to right in both languages; labels stand at the left.

// Five classes of colour, from bad (0) to good (4).
function shareLimits(goal) {
  return [goal - 20, goal - 10, goal, goal + (100 - goal) / 2];
}

function classOfShare(share, goal) {
  return shareLimits(goal).filter((limit) => share >= limit).length;
}

// A mean wait beside the time within which people should reach a clerk.
function classOfWait(minutes) {
  const limits = waitLimits();
  return limits.length - limits.filter((limit) => minutes >= limit).length;
}

function waitLimits() {
  return [0.1, 0.2, 0.4, 0.6].map((part) => part * page.within);
}

function classOfUtilization(percent) {
  return 4 - [60, 75, 85, 95].filter((limit) => percent >= limit).length;
}

function classOfQueue(waiting) {
  return 4 - [0.5, 1, 2, 4].filter((limit) => waiting >= limit).length;
}

// A table of coloured cells. rows: labels; columns: labels; cell(r, c): {text, kind (0 to 4), title} or null.
function heatTable(caption, corner, rows, columns, cell) {
  const head = html("tr", null, html("th", {scope: "col"}, corner), columns.map((label) => html("th", {scope: "col", class: "number"}, label)));
  const body = rows.map((label, r) => {
    const cells = columns.map((unused, c) => {
      const at = cell(r, c);
      return at ? html("td", {class: "c" + at.kind}, at.text) : html("td", {class: "empty"});
    });
    return html("tr", null, html("th", {scope: "row"}, label), cells);
  });
  const table = html("table", {class: "heat", dir: "ltr"}, html("caption", {class: "unseen"}, caption), html("thead", null, head), html("tbody", null, body));
  return html("div", {class: "scroll", tabindex: 0, role: "region", "aria-label": caption}, table);
}

// What the colours mean. labels: from bad to good.
function legend(labels) {
  return html("ul", {class: "legend"}, labels.map((label, kind) => html("li", null, html("span", {class: "swatch c" + kind}), label)));
}

function shareLegend(goal) {
  const limits = shareLimits(goal).map((limit) => setPercent(String(Math.round(10 * limit) / 10)));
  return legend([
    t("legend.below", {limit: limits[0]}),
    t("legend.between", {low: limits[0], high: limits[1]}),
    t("legend.between", {low: limits[1], high: limits[2]}),
    t("legend.between", {low: limits[2], high: limits[3]}),
    t("legend.above", {limit: limits[3]}),
  ]);
}

// A step of 1, 2 or 5 times a power of ten, so that an axis has about four of them.
function niceStep(largest) {
  const rough = largest / 4 || 1;
  const power = Math.pow(10, Math.floor(Math.log10(rough)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough);
}

function stepDigits(value, step) {
  return value.toFixed(Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
}

function chartText(x, y, anchor, text, kind) {
  return svg("text", {x, y, "text-anchor": anchor, class: kind || null}, isolated(text));
}

function isNarrow() {
  return window.matchMedia("(max-width: 700px)").matches;
}

function shortened(text, atMost) {
  return text.length > atMost ? text.slice(0, atMost - 1) + "…" : text;
}

// Estimates with their intervals as dots and whiskers, one row each. items: {label, estimate}.
function dotPlot(title, items, goal) {
  const narrow = isNarrow(), width = narrow ? 430 : 800, left = narrow ? 205 : 310, right = 24, row = 22, top = 8;
  const height = top + items.length * row + 28;
  const known = items.map((item) => ends(item.estimate));
  const isShare = items.length > 0 && items[0].estimate.unit === "percent";
  const largest = Math.max(1e-9, ...known.filter(Boolean).map((three) => three[2]));
  const isWhole = isShare && largest > 50;
  const step = isWhole ? 20 : niceStep(largest) * (narrow ? 2 : 1);
  const end = isWhole ? 100 : Math.ceil(largest / step - 1e-9) * step;
  const x = (value) => left + (Math.max(0, Math.min(value, end)) / end) * (width - left - right);
  const picture = svg("svg", {viewBox: "0 0 " + width + " " + height, role: "img", "aria-label": title, class: "chart"});
  for (let value = 0; value <= end + step / 2; value += step) {
    picture.append(svg("line", {class: "grid", x1: x(value), x2: x(value), y1: top, y2: height - 24}));
    picture.append(chartText(x(value), height - 8, "middle", withUnit(stepDigits(value, step), isShare ? "percent" : ""), "axis"));
  }
  if (goal) picture.append(svg("line", {class: "goal", x1: x(goal), x2: x(goal), y1: top, y2: height - 24}));
  items.forEach((item, i) => {
    const y = top + i * row + row / 2;
    picture.append(svg("line", {class: "grid", x1: left, x2: width - right, y1: y, y2: y}));
    picture.append(chartText(left - 10, y + 4, "end", shortened(item.label, narrow ? 30 : 44), "label"));
    const three = known[i];
    if (!three) return;
    picture.append(svg("line", {class: "whisker", x1: x(three[0]), x2: x(three[2]), y1: y, y2: y}));
    picture.append(svg("circle", {class: goal && three[1] < goal ? "dot below" : "dot", cx: x(three[1]), cy: y, r: 4.5}));
  });
  return html("figure", null, picture);
}

// Bars with whiskers along an axis of labels. bars: {label, estimate}.
function barChart(title, bars) {
  const width = 420, height = 220, left = 36, bottom = 26, top = 10;
  const known = bars.map((bar) => ends(bar.estimate));
  const largest = Math.max(1e-9, ...known.filter(Boolean).map((three) => three[2]));
  const step = niceStep(largest);
  const end = Math.ceil(largest / step - 1e-9) * step;
  const slot = (width - left - 8) / bars.length;
  const y = (value) => top + (1 - Math.max(0, value) / end) * (height - top - bottom);
  const picture = svg("svg", {viewBox: "0 0 " + width + " " + height, role: "img", "aria-label": title, class: "chart"});
  for (let value = 0; value <= end + step / 2; value += step) {
    picture.append(svg("line", {class: "grid", x1: left, x2: width - 8, y1: y(value), y2: y(value)}));
    picture.append(chartText(left - 6, y(value) + 4, "end", setNumber(stepDigits(value, step)), "axis"));
  }
  bars.forEach((bar, i) => {
    const middle = left + (i + 0.5) * slot, three = known[i];
    if (i % Math.ceil(bars.length / 16) === 0) picture.append(chartText(middle, height - 8, "middle", bar.label, "axis"));
    if (!three) return;
    picture.append(svg("rect", {class: "bar", x: middle - slot * 0.36, width: slot * 0.72, y: y(three[1]), height: y(0) - y(three[1])}));
    picture.append(svg("path", {class: "whisker", d: `M${middle} ${y(three[0])}V${y(three[2])}m-3 0h6M${middle - 3} ${y(three[0])}h6`}));
  });
  return html("figure", null, picture);
}

// Lines over time, each with the band of its intervals. lines: {label, points: [estimate]}; labels: of the points.
function lineChart(title, lines, labels) {
  const narrow = isNarrow(), width = narrow ? 430 : 720, height = 250, left = narrow ? 30 : 46, bottom = 26, top = 24, right = 12;
  const known = lines.map((line) => line.points.map(ends));
  const largest = Math.max(1e-9, ...known.flat().filter(Boolean).map((three) => three[2]));
  const step = niceStep(largest);
  const end = Math.ceil(largest / step - 1e-9) * step;
  const x = (i) => left + ((i + 0.5) / labels.length) * (width - left - right);
  const y = (value) => top + (1 - Math.max(0, value) / end) * (height - top - bottom);
  const picture = svg("svg", {viewBox: "0 0 " + width + " " + height, role: "img", "aria-label": title, class: "chart"});
  for (let value = 0; value <= end + step / 2; value += step) {
    picture.append(svg("line", {class: "grid", x1: left, x2: width - right, y1: y(value), y2: y(value)}));
    picture.append(chartText(left - 6, y(value) + 4, "end", setNumber(stepDigits(value, step)), "axis"));
  }
  labels.forEach((label, i) => {
    if (i % Math.ceil(labels.length / (narrow ? 4 : 8)) === 0) picture.append(chartText(x(i), height - 8, "middle", label, "axis"));
  });
  lines.forEach((line, number) => {
    let band = "", stroke = "", isOpen = false;
    known[number].forEach((three, i) => {
      if (!three) {
        isOpen = false;
        return;
      }
      band += `M${x(i).toFixed(1)} ${y(three[0]).toFixed(1)}V${y(three[2]).toFixed(1)}`;
      stroke += (isOpen ? "L" : "M") + x(i).toFixed(1) + " " + y(three[1]).toFixed(1);
      isOpen = true;
    });
    picture.append(svg("path", {class: "band line" + number, d: band}), svg("path", {class: "line line" + number, d: stroke}));
    const at = left + 10 + number * 170;
    picture.append(svg("line", {class: "line line" + number, x1: at, x2: at + 24, y1: 10, y2: 10}), chartText(at + 30, 14, "start", line.label, "label"));
  });
  return html("figure", null, picture);
}
