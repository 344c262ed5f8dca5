// What offices earn, and what citizens and stations spend.
sections.push({
  id: "money",
  available: () => table("office_money") !== null,
  draw() {
    return section("money", t("money.title"), note(t("money.note")), moneyOfChannels(), moneyOfOffices(), moneyOfCounties());
  },
});

function moneyOfChannels() {
  const channels = table("channel_money");
  if (!channels) return null;
  const rows = channels.all(), name = (row) => t("channel." + channels.text("channel", row)), title = t("money.channels");
  const plotted = rows.filter((row) => channels.value("total_rial_per_given", row) > 0);
  const columns = columnsOf(channels, textColumn("channel", t("column.channel"), name), ["given", "tariff_rial", "unknown_tariff_share", "expenses_rial", "travel_rial", "time_rial", "total_rial", "total_rial_per_given"]);
  return [html("h3", null, title), plotted.length > 0 ? [note(quantityTitle("total_rial_per_given", "rial")), dotPlot(title, plotted.map((row) => ({label: name(row), estimate: channels.estimate("total_rial_per_given", row)})))] : null,
    new SortedTable({caption: title, columns, rows}).element];
}

function moneyOfOffices() {
  const offices = table("office_money"), title = t("money.offices"), name = (row) => offices.name(row, offices.text("office", row));
  const covers = (row) => offices.text("covers_expenses", row), rows = offices.where((row) => covers(row) !== "");
  const many = (which) => setNumber(String(rows.filter((row) => covers(row) === which).length));
  const columns = columnsOf(offices, textColumn("office", t("column.office"), (row) => html("bdi", null, name(row)), name), ["income_rial", "expenses_rial", "balance_rial"]);
  columns.splice(1, 0, textColumn("county", t("column.county"), (row) => named("counties", offices.text("county", row))), textColumn("kind", t("column.kind"), (row) => t("kind." + offices.text("kind", row))));
  columns.push(textColumn("covers_expenses", t("column.covers_expenses"), (row) => t("covers." + covers(row))));
  return [html("h3", null, title), html("p", null, t("money.covers", {all: setNumber(String(rows.length)), yes: many("yes"), no: many("no"), open: many("open")})),
    folded(t("money.list", {n: setNumber(String(rows.length))}), () => new SortedTable({caption: title, columns, rows, sort: "balance_rial"}).element)];
}

function moneyOfCounties() {
  const counties = table("county_money");
  if (!counties) return null;
  const title = t("money.counties"), name = (row) => counties.name(row, counties.text("county", row));
  const rows = sorted(counties.all(), {sortBy: (row) => counties.value("citizens_rial_per_visit", row)}, true);
  const columns = columnsOf(counties, textColumn("county", t("column.county"), name), ["arrived", "travel_h", "wait_h", "handling_h", "travel_rial", "time_rial", "tariff_rial", "citizens_rial", "citizens_rial_per_visit"]);
  return [html("h3", null, title), note(quantityTitle("citizens_rial_per_visit", "rial")), dotPlot(title, rows.map((row) => ({label: name(row), estimate: counties.estimate("citizens_rial_per_visit", row)}))), tableOfChart(title, columns, rows)];
}
