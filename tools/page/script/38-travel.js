// Citizens' time and travel.
sections.push({
  id: "travel",
  available: () => table("county_travel") !== null,
  draw() {
    const travel = table("county_travel"), closed = table("closed_offices");
    const name = (row) => travel.name(row, travel.text("county", row));
    const draw = (channel) => {
      const rows = sorted(travel.where((row) => travel.text("channel", row) === channel && travel.value("arrived", row) > 0), {sortBy: (row) => travel.value("travel_min", row)}, true);
      const columns = columnsOf(travel, textColumn("county", t("column.county"), name), ["arrived", "distance_km", "travel_min", "beyond_20_km_share", "out_of_county_share", "travel_h"]);
      columns.splice(1, 0, textColumn("kind", t("column.kind"), (row) => t("kind." + travel.text("kind", row))));
      const title = t("travel.title") + t("list.comma") + t("channel." + channel);
      const label = (row) => name(row) + t("list.comma") + t("kind." + travel.text("kind", row));
      return [dotPlot(title, rows.slice(0, 20).map((row) => ({label: label(row), estimate: travel.estimate("travel_min", row)}))), tableOfChart(title, columns, rows)];
    };
    return section("travel", t("travel.title"), note(t("travel.note")), channelChoice(travel, "travel-channel", draw), closed ? closedTable(closed) : null);
  },
});

function closedTable(closed) {
  const columns = columnsOf(closed, textColumn("office", t("column.office"), (row) => closed.name(row, closed.text("office", row))), ["citizens", "distance_before_km", "distance_km", "extra_km"]);
  columns.splice(1, 0, textColumn("station", t("travel.instead"), (row) => code(closed.text("station", row)), (row) => closed.text("station", row)));
  return [html("h3", null, t("travel.closed")), new SortedTable({caption: t("travel.closed"), columns, rows: closed.all()}).element];
}
