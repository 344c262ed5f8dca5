// Day by day, and by week and month.
function dayLines(days, quantity) {
  const dates = [...new Set(days.all().filter((row) => days.value("arrived", row) > 0).map((row) => days.text("date_solar_hijri", row)))];
  const channels = [...new Set(days.columns.channel || [""])].filter((channel) => channel !== "online");
  const lines = channels.map((channel) => {
    const at = new Map(days.where((row) => days.text("channel", row) === channel).map((row) => [days.text("date_solar_hijri", row), row]));
    return {label: channel ? t("channel." + channel) : t("stations.stations"), points: dates.map((date) => (at.has(date) ? days.estimate(quantity, at.get(date)) : {m: null}))};
  });
  return {lines, labels: dates.map(shortDateText)};
}

sections.push({
  id: "days",
  available: () => table("days") !== null && table("days").has("wait_s"),
  draw() {
    const days = table("days"), periods = table("channel_periods");
    const {lines, labels} = dayLines(days, "wait_s"), date = (from) => (row) => dateText(from.text("date_solar_hijri", row));
    const channel = (from) => textColumn("channel", t("column.channel"), (row) => (from.text("channel", row) ? t("channel." + from.text("channel", row)) : t("stations.stations")));
    const quantities = (from) => ["arrived", "service_level", "wait_s", "utilization"].filter((quantity) => from.has(quantity)).map((quantity) => estimateColumn(from, quantity));
    const byDate = (from) => textColumn("date", t("column.date"), date(from), (row) => from.text("date_solar_hijri", row));
    const dayColumns = [byDate(days), textColumn("weekday", t("column.weekday"), (row) => weekdayText(days.text("weekday", row))), channel(days), ...quantities(days)];
    const periodColumns = periods ? [textColumn("period", t("column.period"), (row) => t("period." + periods.text("period", row))), byDate(periods), channel(periods), ...quantities(periods)] : [];
    return section("days", t("days.title"), note(t("days.note")), labels.length > 1 ? lineChart(t("days.title"), lines, labels) : null,
      tableOfChart(t("days.title"), dayColumns, days.where((row) => days.value("arrived", row) > 0)),
      periods ? folded(t("days.periods"), () => new SortedTable({caption: t("days.periods"), columns: periodColumns, rows: periods.all()}).element) : null);
  },
});
