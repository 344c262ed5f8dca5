// Which point is best, and all points as a table.
function bestTable(best) {
  const {factors, responses} = theStudy(), response = responses[best.response];
  const columns = [
    numberColumn("point", t("points.point"), (row) => setNumber(String(row.point)), (row) => row.point),
    ...factors.map((factor, f) => (factor.numeric ? numberColumn : textColumn)("factor" + f, factorTitle(factor), (row) => factorText(factor, row.at[f]), (row) => (factor.numeric ? Number(row.at[f]) : row.at[f]))),
    numberColumn("value", responseTitle(response), (row) => withUnit(row.value, response.unit), (row) => Number(row.value)),
    numberColumn("behind", t("best.behind") + (hasText("unit." + response.of_difference) ? " (" + t("unit." + response.of_difference) + ")" : ""), (row) => (row.m === undefined ? t("no_value") : [setNumber(row.m), html("small", null, " " + t("interval.short", {low: setNumber(row.l), high: setNumber(row.u)}))]), (row) => (row.m === undefined ? NaN : Number(row.m))),
    textColumn("may", t("best.may"), (row) => t(row.may ? "best.yes" : "best.no"), (row) => (row.may ? "0" : "1")),
  ];
  return new SortedTable({caption: t("best.title"), columns, rows: best.rows}).element;
}

sections.push({
  id: "best",
  available: () => theStudy() !== undefined && theStudy().best.length > 0,
  draw() {
    const count = (n) => setNumber(String(n));
    return section("best", t("best.title"), note(t("best.note")), theStudy().best.map((best) => {
      const response = theStudy().responses[best.response];
      return [html("h3", null, responseTitle(response, false)), note(t("best.candidates", {candidates: count(best.candidates), points: count(best.compared)}) + (best.rows.length < best.compared ? " " + t("best.first", {n: count(best.rows.length)}) : "")), bestTable(best)];
    }));
  },
});

function pointsTable() {
  const {factors, responses, failed} = theStudy(), points = table("points");
  const columns = [
    numberColumn("point", t("points.point"), (row) => setNumber(String(row)), (row) => row),
    ...factors.map((factor, f) => (factor.numeric ? numberColumn : textColumn)("factor" + f, factorTitle(factor), (row) => factorText(factor, valueAt(f, row)), (row) => (factor.numeric ? Number(valueAt(f, row)) : valueAt(f, row)))),
    ...responses.map((response, i) => estimateColumn(points, "r" + i, responseTitle(response))),
  ];
  if (failed > 0) columns.push(textColumn("failure", t("points.failure"), (row) => (points.text("failure", row) ? code(points.text("failure", row)) : ""), (row) => points.text("failure", row)));
  const keep = (key, descending) => setState({sort: key === "point" ? "" : key, down: descending ? "1" : ""});
  return new SortedTable({caption: t("points.title"), columns, rows: points.all(), sort: state.get("sort") || "point", descending: state.get("down") === "1", onsort: keep}).element;
}

sections.push({
  id: "points",
  available: () => theStudy() !== undefined && table("points").rows > 0,
  draw() {
    const rows = table("points").rows, {points} = theStudy(), count = (n) => setNumber(String(n));
    return section("points", t("points.title"), note(t("points.note")), rows < points ? note(t("points.first", {n: count(rows), all: count(points)})) : null, pointsTable());
  },
});
