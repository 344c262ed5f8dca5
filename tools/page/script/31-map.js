// Where the trouble is: cells of places, borders of counties, a dot for each office that misses the target.

// Hatching for print and for those who do not tell the colours apart: what is below the target.
function hatchPatterns() {
  const patterns = [0, 1, 2].map((kind) =>
    svg("pattern", {id: "hatch" + kind, width: 6 + kind * 2, height: 6 + kind * 2, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)"},
      svg("rect", {width: 10, height: 10, class: "c" + kind}),
      svg("line", {class: "hatch", x1: 0, y1: 0, x2: 0, y2: 10, "stroke-width": 3 - kind * 0.7})));
  return svg("defs", null, patterns);
}

function placeKind(place) {
  return place.share === undefined ? null : classOfShare(Number(place.share), levelOf("offices").goal);
}

function placeText(place) {
  const county = nameOfCounty(place.county);
  const share = place.share === undefined ? t("map.no_visits") : t("map.share", {share: setPercent(place.share), minutes: setNumber(levelOf("offices").minutes)});
  return nameIn(place.fa, place.en, place.id) + t("list.comma") + county + t("list.colon") + share;
}

function nameOfCounty(index) {
  const id = Object.keys(page.data.names.counties)[index];
  return named("counties", id);
}

// Names pushed apart until none covers another; those that still do on a small screen are left out.
function placeLabels(map, size) {
  const labels = map.labels.map(([x, y], county) => {
    const text = nameOfCounty(county);
    return {text, x: Number(x), y: Number(y), fromX: Number(x), fromY: Number(y), width: text.length * size * 0.52 + 6, height: size * 1.15};
  }).filter((label) => label.x > 0);
  for (let round = 0; round < 120; ++round) {
    for (let i = 0; i < labels.length; ++i) {
      for (let k = 0; k < i; ++k) {
        const a = labels[i], b = labels[k];
        const overX = (a.width + b.width) / 2 - Math.abs(a.x - b.x), overY = (a.height + b.height) / 2 - Math.abs(a.y - b.y);
        if (overX <= 0 || overY <= 0) continue;
        const push = (overY / 2 + 0.2) * (a.y >= b.y ? 1 : -1);
        a.y += push;
        b.y -= push;
      }
    }
  }
  return labels;
}

function officeDot(offices, row, {quantity, goal}, x, y) {
  const standing = offices.text("standing", row);
  if (standing !== "missed" && !(standing === "undecided" && offices.value(quantity, row) < goal)) return null;
  return svg("circle", {class: "office " + standing, cx: x, cy: y, r: 2.3});
}

class PlaceMap {
  constructor(map) {
    this.map = map;
    this.offices = table("offices");
    this.centres = map.places.map((place) => place.at.split(" ").map(Number));
    this.details = html("div", {class: "place", "aria-live": "polite"});
    this.cells = map.places.map((place, i) => this.cell(place, i));
    this.element = html("figure", {class: "map", tabindex: 0, role: "region", "aria-label": t("map.title")}, this.picture());
  }
  cell(place, i) {
    const kind = placeKind(place);
    return svg("path", {
      d: place.d, class: "cell " + (kind === null ? "none" : "c" + kind), tabindex: i === 0 ? 0 : -1, role: "button", "aria-label": placeText(place),
      onclick: () => this.choose(i, false),
      onkeydown: (event) => this.onKey(event, i),
    }, svg("title", null, placeText(place)));
  }
  picture() {
    const map = this.map, narrow = isNarrow(), size = narrow ? 16 : 13;
    const picture = svg("svg", {viewBox: "0 0 " + map.width + " " + map.height, class: "chart province", role: "group", "aria-label": t("map.title")}, hatchPatterns());
    picture.append(svg("g", null, this.cells), svg("path", {class: "borders", d: map.borders}));
    const dots = map.dots.split(" ").map(Number);
    const level = levelOf("offices");
    const offices = this.offices.all().map((row) => officeDot(this.offices, row, level, dots[2 * row], dots[2 * row + 1])).filter(Boolean);
    picture.append(svg("g", {class: "dots"}, offices));
    this.chosen = svg("path", {class: "chosen"});
    picture.append(this.chosen);
    for (const label of placeLabels(map, size)) {
      if (Math.abs(label.y - label.fromY) > size * 0.8) {
        const edge = label.y > label.fromY ? label.y - size : label.y + 3;
        picture.append(svg("line", {class: "leader", x1: label.fromX, y1: label.fromY, x2: label.x, y2: edge}));
      }
      const text = chartText(label.x, label.y + size / 3, "middle", label.text, "county");
      text.setAttribute("font-size", size);
      picture.append(text);
    }
    return picture;
  }
  choose(i, focus) {
    const place = this.map.places[i];
    this.cells.forEach((cell, k) => cell.setAttribute("tabindex", k === i ? 0 : -1));
    if (focus) this.cells[i].focus();
    this.chosen.setAttribute("d", place.d);
    setState({place: place.id});
    this.showDetails(place);
  }
  showDetails(place) {
    const rows = place.offices || [];
    const items = rows.map((row) => html("li", null, officeLink(row), " ", standingMark(this.offices.text("standing", row)), " ", worstHourText(row)));
    clear(this.details).append(html("h3", null, placeText(place)));
    if (items.length > 0) this.details.append(html("ul", null, items));
    else this.details.append(html("p", null, t("map.no_office")));
  }
  onKey(event, i) {
    const directions = {ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};
    const direction = directions[event.key];
    if (direction) {
      event.preventDefault();
      const next = this.nearest(i, direction);
      if (next !== null) this.choose(next, true);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.choose(i, true);
    }
  }
  // The nearest place in a direction: what lies off to the side counts as farther.
  nearest(i, [dx, dy]) {
    const [x, y] = this.centres[i];
    let best = null, least = Infinity;
    this.centres.forEach(([otherX, otherY], k) => {
      const along = (otherX - x) * dx + (otherY - y) * dy, aside = Math.abs((otherX - x) * dy) + Math.abs((otherY - y) * dx);
      const distance = along + 2 * aside;
      if (along > 0 && distance < least) [best, least] = [k, distance];
    });
    return best;
  }
}

sections.push({
  id: "map",
  available: () => page.data.map !== null && page.data.comparison === undefined && page.data.staffing === undefined && page.data.plan === undefined && page.data.decision === undefined,
  draw() {
    const places = page.data.map.places, map = new PlaceMap(page.data.map);
    const chosen = places.findIndex((place) => place.id === state.get("place"));
    if (chosen >= 0) {
      map.chosen.setAttribute("d", places[chosen].d);
      map.showDetails(places[chosen]);
    }
    const columns = [
      textColumn("place", t("column.place"), (i) => nameIn(places[i].fa, places[i].en, places[i].id)),
      textColumn("county", t("column.county"), (i) => nameOfCounty(places[i].county)),
      textColumn("kind", t("column.kind"), (i) => t("kind." + places[i].kind)),
      numberColumn("offices", t("map.offices"), (i) => setNumber(String((places[i].offices || []).length)), (i) => (places[i].offices || []).length),
      numberColumn("share", t("column." + levelOf("offices").quantity), (i) => (places[i].share === undefined ? t("no_value") : setPercent(places[i].share)), (i) => Number(places[i].share)),
    ];
    return section("map", t("map.title"),
      note(t("map.note", {minutes: setNumber(levelOf("offices").minutes)})),
      targetNote("offices"),
      html("div", {class: "legends"}, shareLegend(levelOf("offices").goal), html("ul", {class: "legend"},
        html("li", null, html("span", {class: "dotmark missed"}), t("map.missed")),
        html("li", null, html("span", {class: "dotmark undecided"}), t("map.undecided")))),
      map.element, map.details,
      tableOfChart(t("map.title"), columns, places.map((place, i) => i)));
  },
});
