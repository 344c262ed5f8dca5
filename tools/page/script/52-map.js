// Where something changes: a dot for each office, coloured by what becomes of it, as large as the difference.
const changeMap = {map: null};
const drawnResults = ["untouched", "undecided", "opened", "closed", "better", "worse"]; // the last lie on top

class ChangeMap {
  constructor(run) {
    this.readTable();
    const from = this.from;
    this.dots = page.data.map.dots.split(" ").map(Number);
    this.rows = from.where((row) => (run === undefined || from.text("run", row) === run) && this.position(row) !== null);
    const sizes = this.rows.map((row) => this.size(row)).filter((size) => size > 0);
    this.largest = Math.max(1e-9, ...sizes);
    this.rows.sort((a, b) => this.drawn.indexOf(this.kind(a)) - this.drawn.indexOf(this.kind(b)) || this.radius(b) - this.radius(a));
    this.details = html("div", {class: "place", "aria-live": "polite"});
    this.marks = new Map(this.rows.map((row, i) => [row, this.mark(row, i === this.rows.length - 1)]));
    this.element = html("figure", {class: "map", tabindex: 0, role: "region", "aria-label": this.title}, this.picture());
    const chosen = this.rows.find((row) => from.text("id", row) === state.get(this.stateKey));
    if (chosen !== undefined) this.choose(chosen, false);
  }
  // What the dots are of: the table, its column of kinds in the order in which they are drawn, and the key of the office
  // that is chosen.
  readTable() {
    this.from = table("changed");
    this.title = t("changemap.title");
    this.stateKey = "office";
    this.kindColumn = "result";
    this.drawn = drawnResults;
  }
  kind(row) {
    return this.from.text(this.kindColumn, row);
  }
  size(row) {
    return Math.abs(this.from.value("wait_joined_difference_s", row));
  }
  position(row) {
    const [x, y] = [this.dots[2 * row], this.dots[2 * row + 1]];
    return Number.isNaN(x) || x === undefined ? null : [x, y];
  }
  // The area of a dot grows with the difference.
  radius(row) {
    const size = this.size(row);
    return this.drawn[0] === this.kind(row) ? 1.5 : 2.4 + 8 * Math.sqrt(Number.isNaN(size) ? 0 : size / this.largest);
  }
  text(row) {
    const from = this.from, estimate = from.estimate("wait_joined_difference_s", row);
    const value = (key) => inWords(from.text(key, row) || null, "min");
    const parts = [changedName(from, row), named("counties", from.text("county", row))].filter(Boolean).join(t("list.comma"));
    const result = t("result." + from.text("result", row));
    if (from.text("result", row) === "untouched" || estimate.m === null) return parts + t("list.colon") + result;
    return parts + t("list.colon") + result + t("list.semicolon") + t("changemap.wait", {a: value("wait_joined_a"), b: value("wait_joined_b"), difference: inWords(estimate.m, "min"), interval: intervalText(estimate)});
  }
  mark(row, isFirst) {
    const [x, y] = this.position(row), text = this.text(row);
    return svg("circle", {class: "change " + this.kind(row), cx: x, cy: y, r: this.radius(row).toFixed(1), tabindex: isFirst ? 0 : -1, role: "button", "aria-label": text,
      onclick: () => this.choose(row, false), onkeydown: (event) => this.onKey(event, row)}, svg("title", null, text));
  }
  picture() {
    const map = page.data.map, size = isNarrow() ? 16 : 13;
    const picture = svg("svg", {viewBox: "0 0 " + map.width + " " + map.height, class: "chart province", role: "group", "aria-label": this.title});
    picture.append(svg("g", {class: "ground"}, map.places.map((place) => svg("path", {d: place.d}))), svg("path", {class: "borders", d: map.borders}));
    this.chosen = svg("circle", {class: "chosen", r: 0});
    picture.append(svg("g", null, [...this.marks.values()]), this.chosen);
    for (const label of placeLabels(map, size)) {
      const text = chartText(label.x, label.y + size / 3, "middle", label.text, "county");
      text.setAttribute("font-size", size);
      picture.append(text);
    }
    return picture;
  }
  choose(row, focus) {
    const mark = this.marks.get(row), [x, y] = this.position(row);
    for (const [other, one] of this.marks) one.setAttribute("tabindex", other === row ? 0 : -1);
    for (const [name, value] of [["cx", x], ["cy", y], ["r", this.radius(row) + 4]]) this.chosen.setAttribute(name, value);
    setState({[this.stateKey]: this.from.text("id", row)});
    this.showDetails(row);
    if (focus) mark.focus();
  }
  showDetails(row) {
    const id = this.from.text("id", row);
    clear(this.details).append(html("h3", null, this.text(row)), html("p", null, code(id), " ", html("a", {href: linkTo({office: id, "changed.q": id, "changed.result": "all", "changed.county": "", to: "changed"}), onclick: () => { setState({"changed.q": id, "changed.result": "all", "changed.county": ""}); redrawSection("changed"); }}, t("changemap.in_list"))));
  }
  onKey(event, row) {
    const direction = {ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[event.key];
    if (direction) {
      event.preventDefault();
      const next = this.nearest(row, direction);
      if (next !== null) this.choose(next, true);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.choose(row, true);
    }
  }
  // The nearest office in a direction: what lies off to the side counts as farther.
  nearest(row, [dx, dy]) {
    const [x, y] = this.position(row);
    let best = null, least = Infinity;
    for (const other of this.rows) {
      const [otherX, otherY] = this.position(other);
      const along = (otherX - x) * dx + (otherY - y) * dy, aside = Math.abs((otherX - x) * dy) + Math.abs((otherY - y) * dx);
      if (along > 0 && along + 2 * aside < least) [best, least] = [other, along + 2 * aside];
    }
    return best;
  }
}

// Draws what is about a run again, as when the address asks for something else of it.
function redrawSection(id) {
  if (aboutRun.has(id)) aboutRun.get(id)();
}

sections.push({
  id: "changemap",
  available: () => page.data.comparison !== undefined && page.data.map !== null,
  draw() {
    const keys = html("ul", {class: "legend"}, ["worse", "better", "undecided", "opened", "closed", "untouched"].map((result) =>
      html("li", null, html("span", {class: "changekey " + result}), t("result." + result))));
    return section("changemap", t("changemap.title"), note(t("changemap.note")), keys, ofChosenRun("changemap", (run) => {
      changeMap.map = new ChangeMap(run);
      return [changeMap.map.element, changeMap.map.details];
    }));
  },
});
