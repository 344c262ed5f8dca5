// Channels: who came, who was served, what became of the others.
const outcomes = ["served", "abandoned", "balked", "sent_away", "failed"];

function lossText(from, row, quantity) {
  const estimate = from.estimate(quantity, row);
  return estimate.m === null ? t("no_value") : [withUnit(estimate.m, estimate.unit), html("small", null, " " + intervalText(estimate))];
}

sections.push({
  id: "channels",
  available: () => table("channels") !== null,
  draw() {
    const channels = table("channels"), rows = channels.all();
    const ask = ["citizens_created", "citizens_completed", "citizens_lost", "lost_share", "trips", "completion_d", "arrived", ...outcomes, "service_level", "wait_s", "utilization", "staffed_s"];
    const lines = ask.filter((quantity) => channels.has(quantity)).map((quantity) =>
      html("tr", null, html("th", {scope: "row"}, definitionLink(quantity), unitMark(channels.unit(quantity))), rows.map((row) => html("td", {class: "number"}, lossText(channels, row, quantity)))));
    const head = html("tr", null, html("th", {scope: "col"}, t("channels.quantity")), rows.map((row) => html("th", {scope: "col", class: "number"}, t("channel." + channels.text("channel", row)))));
    const whole = html("div", {class: "scroll", tabindex: 0, role: "region", "aria-label": t("channels.title")},
      html("table", {class: "data"}, html("caption", {class: "unseen"}, t("channels.title")), html("thead", null, head), html("tbody", null, lines)));
    return section("channels", t("channels.title"), note(t("channels.note")), whole, classesTable());
  },
});

function unitMark(unit) {
  return unit === "percent" || !hasText("unit." + unit) ? null : html("small", null, " (" + t("unit." + unit) + ")");
}

function classesTable() {
  const classes = table("classes");
  if (!classes) return null;
  const columns = [
    textColumn("class", t("column.class"), (row) => (hasText("class." + classes.text("class", row)) ? t("class." + classes.text("class", row)) : code(classes.text("class", row))), (row) => classes.text("class", row)),
    textColumn("channel", t("column.channel"), (row) => t("channel." + classes.text("channel", row))),
    ...["arrived", "service_level", "wait_s", "abandoned_share"].filter((quantity) => classes.has(quantity)).map((quantity) => estimateColumn(classes, quantity)),
  ];
  return folded(t("channels.classes"), () => new SortedTable({caption: t("channels.classes"), columns, rows: classes.where((row) => classes.value("arrived", row) > 0)}).element);
}
