// A study: many points of a scenario, each with a value of every factor.
function theStudy() {
  return page.data.study;
}

function inLanguage([persian, english]) {
  return isPersian() ? persian : english;
}

function studyWords() {
  const words = ["words.interval", "words.points_of_study"];
  if (theStudy().best.length > 0) words.push("words.best");
  if (theStudy().design.kind === "sobol_indices") words.push("words.sobol");
  if (theStudy().design.kind === "morris") words.push("words.morris");
  return [...words, "words.evidence", "words.means"];
}

function factorTitle(factor) {
  const unit = inLanguage(factor.unit);
  return ["\u2068" + factor.id + "\u2069", unit ? " (" + unit + ")" : ""].join("");
}

// The value of a factor without its unit, which the heading has.
function factorText(factor, digits) {
  if (!factor.numeric) return "\u2068" + digits + "\u2069";
  return digits.startsWith("+") ? "\u200e+" + setNumber(digits.slice(1)) : setNumber(digits);
}

function valueTokens() {
  const study = theStudy();
  study.tokens = study.tokens || study.values.map((text) => text.split(" "));
  return study.tokens;
}

// Digits or text of a factor at a point that is shown.
function valueAt(f, row) {
  const factor = theStudy().factors[f], token = valueTokens()[f][row];
  return factor.levels ? factor.levels[Number(token)].text : token;
}

function responseTitle(response, withUnit = true) {
  const name = inLanguage(response.name);
  return withUnit && response.unit !== "percent" && hasText("unit." + response.unit) ? name + " (" + t("unit." + response.unit) + ")" : name;
}

function factorsTable() {
  const values = (factor) => {
    if (!factor.levels) return t("interval", {low: factorText(factor, factor.from), high: factorText(factor, factor.to)});
    return factor.levels.flatMap((level, i) => [i > 0 ? t("list.comma") : "", html("bdi", null, factorText(factor, level.text)),
      ...(level.sets && level.sets.length > 0 ? [t("list.colon"), ...level.sets.flatMap((set) => [code(set), " "])] : [])]);
  };
  const columns = [
    textColumn("factor", t("study.factor"), (factor) => code(factor.id), (factor) => factor.id),
    textColumn("path", t("study.path"), (factor) => (factor.path ? code(factor.path) : t("study.variants")), (factor) => factor.path),
    textColumn("values", t("study.values"), values, () => ""),
    textColumn("unit", t("study.unit"), (factor) => inLanguage(factor.unit)),
  ];
  return new SortedTable({caption: t("study.factors"), columns, rows: theStudy().factors}).element;
}

function designText() {
  const {design, points, replications, precision} = theStudy(), of = (n) => setNumber(String(n));
  const texts = [t("design." + design.kind + ".text", {rows: design.sample === undefined ? "" : of(design.sample), points: of(points)})];
  if (design.seed !== undefined) texts.push(t("study.design_seed", {seed: setDigits(design.seed)}));
  texts.push(precision === undefined ? t("study.replications_each", {n: of(replications)}) : t("study.precision_each", {precision: "\u2066" + precision + "\u2069"}));
  texts.push(t("study.common"));
  return texts.join(" ");
}

function failuresTable(failures) {
  const columns = [
    numberColumn("point", t("points.point"), ([point]) => setNumber(String(point)), ([point]) => point),
    textColumn("failure", t("points.failure"), ([, reason]) => code(reason), ([, reason]) => reason),
  ];
  return new SortedTable({caption: t("study.failures"), columns, rows: failures}).element;
}

sections.push({
  id: "study",
  available: () => theStudy() !== undefined,
  draw() {
    const {responses, sets, failures, failed} = theStudy();
    return section("study", t("study.title"), note(designText()),
      html("h3", null, t("study.factors")), factorsTable(),
      sets.length > 0 ? note([t("study.sets"), " ", sets.map((set) => [code(set), " "])]) : null,
      html("h3", null, t("study.responses")), html("ul", null, responses.map((response) => html("li", null, responseTitle(response), response.best === "none" ? "" : t("list.semicolon") + t("study.wish." + response.best)))),
      failed > 0 ? [html("h3", null, t("study.failures")), failures.length < failed ? note(t("study.first_failures", {n: setNumber(String(failures.length)), all: setNumber(String(failed))})) : null, failuresTable(failures)] : null);
  },
});
