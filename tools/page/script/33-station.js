// The view of one office or counter: it prints on one sheet.
function stationFigures(from, row) {
  const quantities = ["in_time", "service_level", "wait_s", "wait_p90_s", "queue_p95", "utilization", "abandoned_share", "arrived", "missed_days_share"];
  return html("dl", {class: "figures small"}, quantities.filter((quantity) => from.has(quantity)).map((quantity) => {
    const estimate = from.estimate(quantity, row);
    return html("div", null, html("dt", null, definitionLink(quantity)), html("dd", {class: "value"}, inWords(estimate.m, estimate.unit)), html("dd", null, intervalText(estimate)));
  }));
}

const weekMeasures = {wait: ["min", classOfWait], utilization: ["percent", classOfUtilization], queue: ["visits", classOfQueue]};

function weekTable(row, measure) {
  const hours = officeWeek(row);
  const days = [...new Set(hours.map((hour) => hour.day))].sort(), times = hoursWithValues(hours.map((hour) => [hour.hour, hour.wait]));
  const [unit, classOf] = weekMeasures[measure];
  const at = new Map(hours.map((hour) => [hour.day + "/" + hour.hour, hour]));
  const title = t("week." + measure);
  const heat = heatTable(title, t("column.weekday"), days.map((day) => weekdayText(weekdays[day])), times.map(hourText), (r, c) => {
    const hour = at.get(days[r] + "/" + times[c]);
    if (!hour || hour[measure] === null) return null;
    return {text: unit === "percent" ? setPercent(hour[measure]) : setNumber(hour[measure]), kind: classOf(Number(hour[measure]))};
  });
  return html("div", {class: "week"}, html("h2", null, title), heat);
}

// The offices next to one, with what they could take.
function neighbours(row, count) {
  const dots = page.data.map ? page.data.map.dots.split(" ").map(Number) : [];
  if (dots.length === 0) return [];
  const distance = (other) => Math.hypot(dots[2 * other] - dots[2 * row], dots[2 * other + 1] - dots[2 * row + 1]) * page.data.map.km;
  return table("offices").where((other) => other !== row).map((other) => ({row: other, km: distance(other)})).sort((a, b) => a.km - b.km).slice(0, count);
}

function neighbourTable(row) {
  const near = neighbours(row, 5), from = table("offices");
  if (near.length === 0) return null;
  const of = new Map(near.map((one) => [one.row, one.km]));
  const columns = [
    textColumn("name", t("column.office"), officeLink, (other) => stationName("offices", other)),
    numberColumn("km", t("station.distance"), (other) => setNumber(of.get(other).toFixed(1)), (other) => of.get(other)),
    ...[levelOf("offices").quantity, "wait_s", "utilization"].filter((quantity) => from.has(quantity)).map((quantity) => estimateColumn(from, quantity)),
  ];
  return [html("h2", null, t("station.neighbours")), new SortedTable({caption: t("station.neighbours"), columns, rows: near.map((one) => one.row), sort: "km"}).element];
}

// What the numbers suggest, as questions to try: none of it was simulated.
function suggestions(kind, row) {
  const from = table(kind), items = [], id = stationId(kind, row), utilization = from.value("utilization", row);
  if (kind === "offices") {
    const hours = officeWeek(row).filter((hour) => hour.wait !== null);
    const worst = [...hours].sort((a, b) => Number(b.wait) - Number(a.wait)).slice(0, 3).filter((hour) => Number(hour.wait) > 0);
    if (worst.length > 0)
      items.push(t("help.hours", {hours: worst.map((hour) => t("week.hour", {weekday: weekdayText(weekdays[hour.day]), hour: hourText(hour.hour)})).join(t("list.comma"))}));
    const spare = neighbours(row, 5).filter((other) => from.value("utilization", other.row) < utilization - 15);
    if (spare.length > 0)
      items.push([t("help.neighbour", {km: setNumber(spare[0].km.toFixed(1))}), " ", officeLink(spare[0].row)]);
  }
  if (kind !== "stations" && from.text("standing", row) !== "met")
    items.push([t("help.clerk"), " ", html("code", {dir: "ltr"}, "staffing: [{at: {" + stationTables[kind] + ": " + id + "}, clerks: +1}]")]);
  return items;
}

function serviceList(row) {
  const from = table("offices"), services = page.data.authorised;
  if (!services) return null;
  const rank = Number(from.text("rank", row)), rural = from.text("kind", row) === "rural", id = stationId("offices", row);
  const given = services.filter((service) => (rank <= service.rank && (!rural || service.rural)) || (service.offices || []).includes(id));
  const byAgency = new Map();
  for (const service of given) byAgency.set(service.agency, [...(byAgency.get(service.agency) || []), nameIn(service.fa, service.en, service.id)]);
  const items = [...byAgency].map(([agency, names]) => html("li", null, html("b", null, named("agencies", agency)), t("list.colon"), names.join(t("list.comma"))));
  return folded(t("station.services", {n: setNumber(String(given.length))}), () => html("ul", null, items));
}

function drawStation(host, {kind, row}) {
  const from = table(kind), id = stationId(kind, row);
  const facts = [code(id), standingMark(from.text("standing", row))];
  if (kind !== "stations") facts.push(named("counties", from.text("county", row)));
  if (kind === "offices") facts.push(t("kind." + from.text("kind", row)));
  const clerks = from.text("clerks", row);
  facts.push(clerks === "" ? t("unlimited") : t("station.clerks", {n: setNumber(clerks)}));
  const help = suggestions(kind, row);
  const target = targetNote(kind);
  clear(host).append(
    html("p", {class: "back"}, html("a", {href: linkTo({station: ""})}, t("station.back"))),
    html("h1", {tabindex: -1, id: "station-title"}, html("bdi", null, stationName(kind, row))),
    html("p", {class: "run"}, facts.flatMap((fact, i) => (i > 0 ? [" · ", fact] : [fact]))),
    ...(target ? [target] : []),
    stationFigures(from, row));
  if (kind === "offices") {
    if (officeWeek(row).length > 0) host.append(html("p", null, worstHourText(row)), html("div", {class: "weeks"}, Object.keys(weekMeasures).map((measure) => weekTable(row, measure))), note(t("week.note")));
    host.append(...[neighbourTable(row), serviceList(row)].flat().filter(Boolean));
  }
  if (help.length > 0) host.append(html("h2", null, t("help.title")), note(t("help.note")), html("ul", {class: "help"}, help.map((item) => html("li", null, item))));
}
