// Which change does how much: from the first run, over its changes, to the other.
function changeName(change) {
  if (change === "total" || change === "settings") return t("waterfall." + change);
  const [, verb, item, ofFirst] = /^(\w+)\[(\d+)\](.*)$/.exec(change);
  const name = hasText("verb." + verb) ? t("verb." + verb) : verb;
  return t(ofFirst ? "waterfall.change_of_first" : "waterfall.change", {verb: name, item: setDigits(item)});
}

// Where the chart's bars begin and end: the first run's value, each change from where the one before ended, the other's.
function waterfallBars(split, first, other) {
  let at = first === null ? 0 : Number(first);
  const level = (value, label) => ({label, from: Number(value), to: Number(value), isLevel: true, text: inWords(value, split.unit)});
  const bars = first === null ? [] : [level(first, page.data.comparison.runs[0].title)];
  for (const step of split.steps) {
    if (step.change === "total") continue;
    const end = at + Number(step.m);
    bars.push({label: changeName(step.change), from: at, to: end, low: step.l === null ? end : at + Number(step.l), high: step.u === null ? end : at + Number(step.u), text: withUnit(step.m, split.of_difference)});
    at = end;
  }
  if (other !== null) bars.push(level(other, page.data.comparison.runs.find((run) => run.name === chosenRun()).title));
  return bars;
}

function waterfallChart(title, bars, unit) {
  const narrow = isNarrow(), width = narrow ? 430 : 800, left = narrow ? 165 : 270, right = narrow ? 60 : 110, row = 30, top = 8;
  const height = top + bars.length * row + 30;
  const values = bars.flatMap((bar) => [bar.from, bar.to, bar.isLevel ? bar.to : bar.low, bar.isLevel ? bar.to : bar.high]);
  const step = niceStep(Math.max(...values) - Math.min(...values)) * (narrow ? 2 : 1);
  const begin = Math.floor(Math.min(...values) / step + 1e-9) * step, end = Math.ceil(Math.max(...values) / step - 1e-9) * step;
  const x = (value) => left + ((value - begin) / (end - begin || 1)) * (width - left - right);
  const picture = svg("svg", {viewBox: "0 0 " + width + " " + height, role: "img", "aria-label": title, class: "chart waterfall"});
  for (let i = 0; begin + i * step <= end + step / 2; ++i) {
    const value = begin + i * step;
    picture.append(svg("line", {class: "grid", x1: x(value), x2: x(value), y1: top, y2: height - 26}));
    picture.append(chartText(x(value), height - 8, "middle", withUnit(stepDigits(value, step), unit), "axis"));
  }
  bars.forEach((bar, i) => {
    const y = top + i * row + row / 2, from = x(bar.from), to = x(bar.to);
    picture.append(chartText(left - 10, y + 4, "end", shortened(bar.label, narrow ? 22 : 38), "label"));
    if (i + 1 < bars.length) picture.append(svg("line", {class: "link", x1: to, x2: to, y1: y, y2: y + row}));
    if (bar.isLevel) {
      picture.append(svg("circle", {class: "dot", cx: to, cy: y, r: 6}), chartText(to + 12, y + 4, "start", bar.text, "label"));
      return;
    }
    const ends = [x(bar.low), x(bar.high)];
    picture.append(svg("rect", {class: "bar", x: Math.min(from, to), width: Math.max(1.5, Math.abs(to - from)), y: y - 9, height: 18}));
    picture.append(svg("path", {class: "whisker", d: `M${ends[0]} ${y}H${ends[1]}M${ends[0]} ${y - 4}v8M${ends[1]} ${y - 4}v8`}));
    picture.append(chartText(Math.max(from, to, ends[1]) + 8, y + 4, "start", bar.text, "label"));
  });
  return html("figure", null, picture);
}

function waterfallTable(split) {
  const number = (key, title) => numberColumn(key, title, (step) => (step[key] === null || step.change === "total" ? "" : withUnit(step[key], split.of_difference)), (step) => (step[key] === null ? NaN : Number(step[key])));
  const part = t("waterfall.part") + (split.of_difference && hasText("unit." + split.of_difference) ? " (" + t("unit." + split.of_difference) + ")" : "");
  const columns = [
    textColumn("change", t("asked.change"), (step) => changeName(step.change)),
    numberColumn("part", part, (step) => [withUnit(step.m, split.of_difference), step.l === null ? "" : html("small", null, " " + t("interval.short", {low: withUnit(step.l, split.of_difference), high: withUnit(step.u, split.of_difference)}))], (step) => Number(step.m)),
    number("written", t("waterfall.written")),
    number("reverse", t("waterfall.reverse")),
    number("shared", t("waterfall.shared")),
    textColumn("text", t("waterfall.what"), (step) => (step.text ? code(step.text) : ""), (step) => step.text),
  ];
  return new SortedTable({caption: t("waterfall.title"), columns, rows: split.steps}).element;
}

function drawSplit(run) {
  const all = page.data.comparison.waterfall[run];
  if (all.length === 0) return [note(t("waterfall.none"))];
  const keyOf = (split) => split.quantity + (split.channel === "all" ? "" : "." + split.channel);
  const host = html("div");
  const show = () => {
    const split = all.find((one) => keyOf(one) === state.get("quantity")) || all[0];
    const headline = page.data.comparison.headlines[run].find((row) => row.quantity === split.quantity && row.channel === split.channel);
    const name = quantityName(split.quantity, split.channel), title = t("waterfall.of", {quantity: name});
    const bars = waterfallBars(split, headline ? headline.a : null, headline ? headline.b : null);
    clear(host).append(html("h3", null, title + (split.of_difference && hasText("unit." + split.of_difference) ? " (" + t("unit." + split.unit) + ")" : "")),
      waterfallChart(title, bars, split.unit), waterfallTable(split));
  };
  show();
  return [choiceOf("quantity", t("asked.quantity"), all.map((split) => [keyOf(split), quantityName(split.quantity, split.channel)]), state.get("quantity") || keyOf(all[0]), show), host];
}

sections.push({
  id: "waterfall",
  available: () => page.data.comparison !== undefined && Object.values(page.data.comparison.waterfall).some((splits) => splits.length > 0),
  draw() {
    return section("waterfall", t("waterfall.title"), note(t("waterfall.note")), ofChosenRun("waterfall", drawSplit));
  },
});
