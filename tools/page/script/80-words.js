// What the numbers mean: every quantity leads here.
function definitionLink(quantity) {
  return html("a", {class: "definition", href: linkTo({station: "", word: quantity})}, t("column." + quantity));
}

function wordsShown() {
  const found = new Set();
  for (const from of Object.values(page.data.tables)) for (const quantity of Object.keys(from.estimates)) found.add(quantity);
  if (page.data.study) for (const response of page.data.study.responses) found.add(response.quantity);
  return [...found].filter((quantity) => hasText("definition." + quantity)).sort((a, b) => compareNames(t("column." + a), t("column." + b)));
}

function generalWords() {
  if (page.data.comparison) return ["words.interval", "words.paired", "words.discovery", "words.points", "words.evidence", "words.means"];
  if (page.data.study) return studyWords();
  if (page.data.decision) return ["words.interval", "words.evidence", "words.means", "words.schematic"];
  return ["words.interval", "words.verdict", "words.evidence", "words.means", "words.schematic"];
}

sections.push({
  id: "words",
  available: () => page.data.study !== undefined || page.data.decision !== undefined || wordsShown().length > 0,
  draw() {
    const units = new Map();
    for (const from of Object.values(page.data.tables)) for (const quantity of Object.keys(from.estimates)) units.set(quantity, from.unit(quantity));
    if (page.data.study) for (const response of page.data.study.responses) units.set(response.quantity, response.unit);
    const entries = wordsShown().map((quantity) => [
      html("dt", {id: "word-" + quantity, tabindex: -1}, t("column." + quantity), hasText("unit." + units.get(quantity)) ? html("small", null, " (" + t("unit." + units.get(quantity)) + ")") : null),
      html("dd", null, t("definition." + quantity, {minutes: setNumber(page.data.run.within_min || "")}))]);
    return section("words", t("words.title"), html("ul", null, generalWords().map((key) => html("li", null, t(key)))),
      entries.length > 0 ? html("details", {class: "folded", id: "words-list"}, html("summary", null, t("words.list")), html("dl", {class: "words"}, entries)) : null);
  },
});
