// Slots that citizens book, and the waits of those who booked and of those who walked in.
sections.push({
  id: "appointments",
  available: () => table("appointments") !== null,
  draw() {
    const slots = table("appointments");
    const station = (row) => slots.text("station", row);
    const shown = ["wanted", "booked", "without_slot", "days_to_slot", "offered", "used", "no_shows", "unfilled", "booked_wait_s", "walk_in_wait_s"];
    const draw = (caption, rows, byStation) => {
      const columns = columnsOf(slots, textColumn("item", t("column.item"), (row) => slots.text("item", row)), shown);
      if (byStation) columns.splice(1, 0, textColumn("station", t("column.station"), (row) => code(station(row)), station));
      return new SortedTable({caption, columns, rows}).element;
    };
    return section("appointments", t("appointments.title"), note(t("appointments.note")),
      draw(t("appointments.all"), slots.where((row) => station(row) === "all"), false),
      draw(t("appointments.stations"), slots.where((row) => station(row) !== "all"), true));
  },
});
