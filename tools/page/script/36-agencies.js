// Agencies and services.
function agencyName(from, row) {
  return from.name(row, from.text("agency", row));
}

function channelChoice(from, name, draw) {
  const channels = [...new Set(from.where((row) => from.value("arrived", row) > 0).map((row) => from.text("channel", row)))];
  const host = html("div"), show = (channel) => clear(host).append(...draw(channel).flat().filter(Boolean));
  if (channels.length === 0) return host;
  const first = channels.includes("office") ? "office" : channels[0];
  show(first);
  return [radioChoice(name, t("column.channel"), channels.map((one) => [one, t("channel." + one)]), first, show), host];
}

sections.push({
  id: "agencies",
  available: () => table("agencies") !== null,
  draw() {
    const agencies = table("agencies");
    return section("agencies", t("agencies.title"), note(t("agencies.note")), channelChoice(agencies, "agency-channel", (channel) => {
      const rows = agencies.where((row) => agencies.text("channel", row) === channel && agencies.value("arrived", row) > 0);
      rows.sort((a, b) => agencies.value("service_level", a) - agencies.value("service_level", b));
      const columns = [textColumn("agency", t("column.agency"), (row) => html("bdi", null, agencyName(agencies, row)), (row) => agencyName(agencies, row)),
        ...["arrived", "service_level", "wait_s", "abandoned_share", "handling_s", "utilization"].filter((quantity) => agencies.has(quantity) && rows.some((row) => !Number.isNaN(agencies.value(quantity, row))))
          .map((quantity) => estimateColumn(agencies, quantity))];
      const title = t("agencies.title") + t("list.comma") + t("channel." + channel);
      const plotted = rows.filter((row) => !Number.isNaN(agencies.value("service_level", row)));
      return [plotted.length > 0 ? dotPlot(title, plotted.map((row) => ({label: agencyName(agencies, row), estimate: agencies.estimate("service_level", row)})), goalOfChannel(channel)) : null,
        tableOfChart(title, columns, rows)];
    }));
  },
});

sections.push({
  id: "services",
  available: () => table("services") !== null,
  draw() {
    const services = table("services");
    return section("services", t("services.title"), note(t("services.note")), channelChoice(services, "service-channel", (channel) => {
      const rows = services.where((row) => services.text("channel", row) === channel && services.value("arrived", row) > 0);
      const name = (row) => services.name(row, services.text("service", row));
      const columns = [
        textColumn("service", t("column.service"), (row) => html("bdi", null, name(row)), name),
        textColumn("agency", t("column.agency"), (row) => named("agencies", services.text("agency", row))),
        ...["citizens_created", "arrived", "service_level", "wait_s", "trips", "lost_share"].filter((quantity) => services.has(quantity) && rows.some((row) => !Number.isNaN(services.value(quantity, row))))
          .map((quantity) => estimateColumn(services, quantity))];
      return [folded(t("services.table", {n: setNumber(String(rows.length))}), () => new SortedTable({caption: t("services.title"), columns, rows, sort: "arrived", descending: true}).element)];
    }));
  },
});
