// What was observed at stations beside what is simulated.
sections.push({
  id: "observed",
  available: () => Boolean(page.data.observed),
  draw() {
    const {fits, sampled} = page.data.observed;
    const found = fits.length > 0 ? [observedCount(fits[0]), ...fits.map(observedSentence), observedFits(fits)] : note(t("observed.nothing"));
    return section("observed", t("observed.title"), note(t("observed.note")), sampled ? note(t("observed.sampled")) : null, found, observedRows());
  },
});

function observedCount(own) {
  const values = {compared: setNumber(own.compared), outside: setNumber(own.outside), chance: setNumber(own.by_chance), most: setNumber(own.at_most)};
  const few = own.at_most && Number(own.at_most) >= Number(own.compared);
  return html("p", null, t(!own.at_most ? "observed.count_alone" : few ? "observed.count_few" : "observed.count", values));
}

function fittedText(fit) {
  if (!fit.value || fit.fitted === "none") return "";
  return setNumber(fit.value.m) + " " + t("interval.short", {low: setNumber(fit.value.l), high: setNumber(fit.value.u)});
}

// What there is to say of one factor beside the table.
function observedSentence(fit) {
  if (fit.is_best) return html("p", null, t("observed.best." + fit.fitted, {value: fittedText(fit)}));
  if (fit.state === "as it is" || fit.state === "found") return null;
  return html("p", null, t("observed.fit." + fit.fitted + "." + fit.state, {least: setNumber(fit.least), most: setNumber(fit.most)}));
}

function observedFits(fits) {
  const shown = (value) => (value ? setNumber(value) : t("no_value"));
  const columns = [
    textColumn("fitted", t("column.fitted"), (fit) => t("observed.factor." + fit.fitted)),
    numberColumn("fitted_value", t("column.fitted_value"), (fit) => fittedText(fit) || t("no_value"), (fit) => (fit.value ? Number(fit.value.m) : NaN)),
    numberColumn("misfit", t("column.misfit"), (fit) => shown(fit.misfit), (fit) => Number(fit.misfit)),
    numberColumn("outside", t("column.outside"), (fit) => shown(fit.outside), (fit) => Number(fit.outside)),
  ];
  return [html("h3", null, t("observed.fits")), new SortedTable({caption: t("observed.fits"), columns, rows: fits}).element];
}

function observedRows() {
  const {rows, all} = page.data.observed;
  const kind = (row) => (row.channel === "office" ? "offices" : "counters");
  const number = (key) => numberColumn(key, t("column." + key), (row) => (row[key] ? inWords(row[key], row.unit) : t("no_value")), (row) => (row[key] ? Number(row[key]) : NaN));
  const found = (row) => findStation(row.station);
  const name = (row) => (found(row) ? stationName(kind(row), found(row).row) : row.station);
  const columns = [
    textColumn("station", t("column.station"), (row) => (found(row) ? stationLink(kind(row), found(row).row) : code(row.station)), name),
    textColumn("period", t("column.period"), (row) => (row.period.length > 7 ? dateText(row.period) : t("month." + Number(row.period.slice(5))) + " " + setDigits(row.period.slice(0, 4))), (row) => row.period),
    textColumn("measure", t("column.measure"), (row) => t("column." + row.measure)),
    number("observed"), number("simulated"),
    textColumn("interval", t("observed.interval"), (row) => (row.low ? t("interval.short", {low: withUnit(row.low, row.unit), high: withUnit(row.high, row.unit)}) : t("no_value")), (row) => row.low),
    textColumn("lies", t("column.lies"), (row) => t("observed.lies." + row.lies)),
  ];
  const count = (n) => setNumber(String(n));
  return [html("h3", null, t("observed.rows")), rows.length < all ? note(t("observed.first", {n: count(rows.length), all: count(all)})) : null, new SortedTable({caption: t("observed.rows"), columns, rows}).element];
}
