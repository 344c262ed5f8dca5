// What was asked of the run, and what each change did.
const sections = [];

function section(id, title, ...children) {
  return html("section", {id}, html("h2", null, title), children);
}

function note(text) {
  return html("p", {class: "note"}, text);
}

// What a change asked for and why it was not reached are texts of the program, in English; each is known by its words.
function reasonText(why) {
  return why.split("; ").filter(Boolean).map((part) => {
    const number = /^(\d+) /.exec(part);
    const key = "why." + (number ? part.replace(/^\d+/, "#") : part);
    return hasText(key) ? t(key, {n: number ? setNumber(number[1]) : ""}) : code(part);
  }).flatMap((part, i) => (i > 0 ? ["; ", part] : [part]));
}

function migrationText(migration) {
  const names = migration.agencies.map((agency) => named("agencies", agency));
  const who = names.length > 0 && names.length <= 3 ? names.join(t("list.comma")) : t("asked.agencies", {n: setNumber(String(names.length))});
  return t("asked.migration", {
    share: setPercent(migration.share),
    services: setNumber(String(migration.services)),
    who,
    from: t("channel." + migration.from),
    to: t("channel." + migration.to),
  }) + (migration.starts ? t("asked.starts", {date: dateText(migration.starts)}) : "") +
    (migration.ends ? t("asked.ends", {date: dateText(migration.ends)}) : "") +
    (migration.counties ? t("asked.counties", {counties: migration.counties.map((county) => named("counties", county)).join(t("list.comma"))}) : "") +
    (migration.kind ? t("asked.kind", {kind: t("kind." + migration.kind)}) : "") +
    (migration.ramp_days > 0 ? t("asked.ramp", {days: setNumber(String(migration.ramp_days))}) : "");
}

// The number of an item in its list, or its id.
function itemText(item) {
  return /^\d+$/.test(item) ? setDigits(item) : html("bdi", null, item);
}

function changesTable(changes) {
  const word = (prefix, text) => (hasText(prefix + text) ? t(prefix + text) : text);
  const columns = [
    textColumn("change", t("asked.change"), (row) => [word("verb.", changes.text("verb", row)), " ", itemText(changes.text("item", row))],
      (row) => changes.text("verb", row)),
    textColumn("quantity", t("asked.quantity"), (row) => word("change.", changes.text("quantity", row))),
    numberColumn("asked", t("asked.asked"), (row) => setNumber(changes.text("asked", row)), (row) => Number(changes.text("asked", row))),
    numberColumn("reached", t("asked.reached"), (row) => setNumber(changes.text("reached", row)), (row) => Number(changes.text("reached", row))),
    numberColumn("counted_days", t("asked.counted_days"), (row) => setNumber(changes.text("counted_days", row)), (row) => Number(changes.text("counted_days", row))),
    textColumn("why", t("asked.why"), (row) => reasonText(changes.text("why", row)), (row) => changes.text("why", row)),
  ];
  return new SortedTable({caption: t("asked.table"), columns, rows: changes.all()}).element;
}

sections.push({
  id: "asked",
  available: () => table("changes") !== null || page.data.run.notices[page.language].length > 0,
  draw() {
    const run = page.data.run, notices = run.notices[page.language], changes = table("changes");
    return section("asked", t("asked.title"),
      run.migrations.length > 0 ? html("ul", null, run.migrations.map((migration) => html("li", null, migrationText(migration)))) : null,
      changes ? [note(t("asked.note")), changesTable(changes)] : null,
      notices.length > 0 ? [note(t("asked.notices")), html("ul", null, notices.map((text) => html("li", null, codes(text))))] : null);
  },
});
