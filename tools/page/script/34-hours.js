// When the trouble is: county by hour, and the hours of the day.
function countyHours() {
  const week = page.data.county_week;
  return week ? week.rows.map((unused, row) => weekHours(week, ["wait", "level", "utilization"], row)) : [];
}

const countyMeasures = {wait: ["min", classOfWait], level: ["percent", classOfShare], utilization: ["percent", classOfUtilization]};

// From the first to the last hour that has a value, gaps too. entries: [hour, token].
function hoursWithValues(entries) {
  const hours = entries.filter(([, token]) => token !== null).map(([hour]) => hour);
  const first = Math.min(...hours), last = Math.max(...hours);
  return hours.length > 0 ? Array.from({length: last - first + 1}, (unused, i) => first + i) : [];
}

function countyHeat(hours, channel, day, measure) {
  const week = page.data.county_week;
  const rows = week.rows.map(([county, of], at) => ({county, of, at})).filter((row) => row.of === channel);
  rows.sort((a, b) => compareNames(named("counties", a.county), named("counties", b.county)));
  const cells = rows.map((row) => new Map(hours[row.at].filter((hour) => hour.day === day).map((hour) => [hour.hour, hour[measure]])));
  const times = hoursWithValues(cells.flatMap((cell) => [...cell]));
  const [unit, classOf] = countyMeasures[measure];
  return heatTable(t("counties.title"), t("column.county"), rows.map((row) => named("counties", row.county)), times.map(hourText), (r, c) => {
    const token = cells[r].get(times[c]);
    if (token === undefined || token === null) return null;
    return {text: unit === "percent" ? setPercent(token) : setNumber(token), kind: classOf(Number(token), goalOfChannel(channel))};
  });
}

function radioChoice(name, title, options, chosen, onchoice) {
  return html("fieldset", {class: "choice"}, html("legend", null, title), options.map(([value, label]) =>
    html("label", null, html("input", {type: "radio", name, value, checked: value === chosen, onchange: () => onchoice(value)}), html("span", null, label))));
}

function measureLegend(measure, channel) {
  if (measure === "level") return shareLegend(goalOfChannel(channel));
  const limits = measure === "wait" ? waitLimits().map((limit) => setNumber(String(Math.round(limit * 10) / 10))) : ["60", "75", "85", "95"].map(setPercent);
  return legend([
    t("legend.above", {limit: limits[3]}),
    t("legend.between", {low: limits[2], high: limits[3]}),
    t("legend.between", {low: limits[1], high: limits[2]}),
    t("legend.between", {low: limits[0], high: limits[1]}),
    t("legend.below", {limit: limits[0]}),
  ]);
}

sections.push({
  id: "counties",
  available: () => page.data.county_week !== null && page.data.county_week.rows.length > 0,
  draw() {
    const channels = [...new Set(page.data.county_week.rows.map((row) => row[1]))].sort();
    const hours = countyHours();
    const days = [...new Set(hours.flat().map((hour) => hour.day))].sort((a, b) => a - b);
    const now = {channel: channels[0], day: 7, measure: "wait"}, host = html("div"), key = html("div");
    const show = () => {
      clear(host).append(countyHeat(hours, now.channel, now.day, now.measure));
      clear(key).append(measureLegend(now.measure, now.channel));
    };
    const choose = (what) => (value) => {
      now[what] = what === "day" ? Number(value) : value;
      show();
    };
    const dayName = (day) => (day === 7 ? t("counties.all_days") : weekdayText(weekdays[day]));
    show();
    return section("counties", t("counties.title"), note(t("counties.note")),
      html("div", {class: "choices"},
        radioChoice("county-measure", t("counties.measure"), Object.keys(countyMeasures).map((one) => [one, t("counties." + one)]), now.measure, choose("measure")),
        channels.length > 1 ? radioChoice("county-channel", t("column.channel"), channels.map((one) => [one, t("channel." + one)]), now.channel, choose("channel")) : null,
        html("label", null, html("span", null, t("column.weekday")), html("select", {id: "county-day", onchange: (event) => choose("day")(event.target.value)},
          [7, ...days.filter((day) => day < 7)].map((day) => html("option", {value: day}, dayName(day)))))),
      key, host);
  },
});

sections.push({
  id: "hours",
  available: () => table("hours") !== null,
  draw() {
    const hours = table("hours");
    const groups = [...new Set(hours.all().map((row) => hours.text("channel", row) + "/" + hours.text("kind", row)))];
    const charts = groups.map((group) => {
      const rows = hours.where((row) => hours.text("channel", row) + "/" + hours.text("kind", row) === group && hours.value("arrived", row) > 0);
      const [channel, kind] = group.split("/");
      const title = (channel ? t("channel." + channel) : t("stations.stations")) + (kind ? t("list.comma") + t("kind." + kind) : "");
      const columns = [numberColumn("hour", t("column.hour"), (row) => hourText(hours.text("hour", row)), (row) => Number(hours.text("hour", row))),
        ...["arrived", "wait_s", "service_level", "utilization"].filter((quantity) => hours.has(quantity)).map((quantity) => estimateColumn(hours, quantity))];
      return html("div", null, html("h3", null, title),
        barChart(title, rows.map((row) => ({label: hourText(hours.text("hour", row)), estimate: hours.estimate("wait_s", row)}))),
        tableOfChart(title, columns, rows));
    });
    return section("hours", t("hours.title"), note(t("hours.note")), html("div", {class: "side"}, charts));
  },
});
