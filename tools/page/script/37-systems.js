// Agencies' systems, links, outages and what they cost.
function columnsOf(from, first, quantities) {
  return [first, ...quantities.filter((quantity) => from.has(quantity)).map((quantity) => estimateColumn(from, quantity))];
}

function lostHours() {
  const lost = table("lost_clerk_hours");
  if (!lost) return null;
  const rows = lost.where((row) => lost.value("lost_clerk_h", row) > 0);
  if (rows.length === 0) return note(t("systems.nothing_lost"));
  const columns = columnsOf(lost, textColumn("agency", t("column.agency"), (row) => named("agencies", lost.text("agency", row))), ["lost_clerk_h", "in_vain_h"]);
  columns.splice(1, 0, textColumn("cause", t("column.cause"), (row) => t("cause." + lost.text("cause", row))));
  const make = () => new SortedTable({caption: t("systems.lost"), columns, rows, sort: "lost_clerk_h", descending: true}).element;
  const few = 8, title = html("h3", null, t("systems.lost"));
  if (rows.length <= few) return [title, make()];
  const ofAll = rows.filter((row) => lost.text("agency", row) === "all").map((row) =>
    html("li", null, t("cause." + lost.text("cause", row)) + t("list.colon") + inWords(lost.estimate("lost_clerk_h", row).m, "h"), html("small", null, " " + intervalText(lost.estimate("lost_clerk_h", row)))));
  return [title, html("ul", null, ofAll), folded(t("systems.by_agency"), make)];
}

function costsTable() {
  const costs = page.data.costs;
  if (!costs || costs.length === 0) return null;
  const part = (key) => numberColumn(key, t("costs." + key), (row) => (row[key] ? [inWords(row[key].m, row.unit), " ", html("small", null, intervalText({...row[key], h: null, unit: row.unit}))] : t("no_value")),
    (row) => (row[key] ? Number(row[key].m) : NaN));
  const columns = [
    textColumn("of", t("costs.of"), (row) => t("costs." + row.of)),
    textColumn("stations", t("costs.stations"), (row) => (hasText("stations." + row.stations) ? t("stations." + row.stations) : row.stations)),
    textColumn("quantity", t("channels.quantity"), (row) => (hasText("column." + row.quantity) ? t("column." + row.quantity) : row.quantity)),
    part("with"), part("without"), part("difference"),
  ];
  return [html("h3", null, t("costs.title")), new SortedTable({caption: t("costs.title"), columns, rows: costs}).element];
}

sections.push({
  id: "systems",
  available: () => table("agency_systems") !== null,
  draw() {
    const systems = table("agency_systems"), links = table("links");
    const name = (row) => agencyName(systems, row), rows = sorted(systems.all(), {sortBy: (row) => systems.value("transaction_s", row)}, true);
    const columns = columnsOf(systems, textColumn("agency", t("column.agency"), name), ["transactions", "load_open", "response_s", "transaction_s", "transaction_p99_s", "down_h"]);
    const linkColumns = links ? columnsOf(links, textColumn("link", t("column.link"), (row) => (hasText("link." + links.text("link", row)) ? t("link." + links.text("link", row)) : code(links.text("link", row)))), ["transfers", "transfer_s", "busy_share", "down_share"]) : [];
    return section("systems", t("systems.title"), note(t("systems.note")),
      dotPlot(t("systems.title"), rows.map((row) => ({label: name(row), estimate: systems.estimate("transaction_s", row)}))),
      tableOfChart(t("systems.title"), columns, rows),
      links ? folded(t("systems.links"), () => new SortedTable({caption: t("systems.links"), columns: linkColumns, rows: links.all()}).element) : null,
      lostHours(), costsTable());
  },
});
