// Day by day, and by week and month. Where no date was given, days are numbered.
function dayText(days, row, ofDate) {
  return page.data.run.has_dates ? ofDate(days.text("date_solar_hijri", row)) : t("days.day", {n: setNumber(days.text("day", row))});
}

function dayLines(days, quantity) {
  const numbers = [...new Set(days.where((row) => days.value("arrived", row) > 0).map((row) => days.text("day", row)))];
  const channels = [...new Set(days.columns.channel || [""])].filter((channel) => channel !== "online");
  const lines = channels.map((channel) => {
    const at = new Map(days.where((row) => days.text("channel", row) === channel).map((row) => [days.text("day", row), row]));
    return {label: channel ? t("channel." + channel) : t("stations.stations"), points: numbers.map((number) => (at.has(number) ? days.estimate(quantity, at.get(number)) : {m: null}))};
  });
  return {lines, labels: numbers.map((number) => dayText(days, days.columns.day.indexOf(number), shortDateText))};
}

sections.push({
  id: "days",
  available: () => table("days") !== null && table("days").has("wait_s"),
  draw() {
    const days = table("days"), periods = page.data.run.has_dates ? table("channel_periods") : null;
    const {lines, labels} = dayLines(days, "wait_s"), date = (from) => (row) => dateText(from.text("date_solar_hijri", row));
    const channel = (from) => textColumn("channel", t("column.channel"), (row) => (from.text("channel", row) ? t("channel." + from.text("channel", row)) : t("stations.stations")));
    const quantities = (from) => ["arrived", "service_level", "wait_s", "utilization"].filter((quantity) => from.has(quantity)).map((quantity) => estimateColumn(from, quantity));
    const byDate = (from) => textColumn("date", t("column.date"), date(from), (row) => from.text("date_solar_hijri", row));
    const dayColumns = [textColumn("date", t("column.date"), (row) => dayText(days, row, dateText), (row) => Number(days.text("day", row))), textColumn("weekday", t("column.weekday"), (row) => weekdayText(days.text("weekday", row))), channel(days), ...quantities(days)];
    const periodColumns = periods ? [textColumn("period", t("column.period"), (row) => t("period." + periods.text("period", row))), byDate(periods), channel(periods), ...quantities(periods)] : [];
    return section("days", t("days.title"), note(t("days.note")), labels.length > 1 ? lineChart(t("days.title"), lines, labels) : null,
      tableOfChart(t("days.title"), dayColumns, days.where((row) => days.value("arrived", row) > 0)),
      periods ? folded(t("days.periods"), () => new SortedTable({caption: t("days.periods"), columns: periodColumns, rows: periods.all()}).element) : null);
  },
});
