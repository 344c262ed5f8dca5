// Draws what the fragment of the address asks for.
function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
}

function drawButtons() {
  const dark = state.get("theme") ? state.get("theme") === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
  setTheme(dark ? "dark" : "light");
  clear(document.getElementById("buttons")).append(
    html("button", {type: "button", id: "language", lang: isPersian() ? "en" : "fa", onclick: () => { setState({lang: isPersian() ? "en" : "fa"}); draw(); document.getElementById("language").focus(); }}, t("button.language")),
    html("button", {type: "button", id: "theme", onclick: () => { setState({theme: dark ? "light" : "dark"}); drawButtons(); document.getElementById("theme").focus(); }}, t(dark ? "button.light" : "button.dark")),
    html("button", {type: "button", id: "print", onclick: () => window.print()}, t("button.print")));
}

function drawOverview() {
  const host = clear(document.getElementById("sections")), round = ++drawOverview.round;
  const shown = sections.filter((one) => one.available());
  host.append(html("nav", {class: "contents", "aria-label": t("contents")}, html("ul", null, shown.map((one) => html("li", null, html("a", {href: linkTo({word: "", to: one.id})}, t(one.id + ".short")))))));
  drawOverview.finish = () => {
    while (shown.length > 0) host.append(shown.shift().draw());
  };
  const next = () => {
    if (round !== drawOverview.round) return;
    // As much at a time as nobody waits for: each time the browser lays out and paints.
    const begin = performance.now();
    if (shown.length > 0) {
      do host.append(shown.shift().draw());
      while (shown.length > 0 && performance.now() - begin < 50);
      soon(next);
    } else {
      document.documentElement.dataset.complete = page.language;
      goToTarget();
      for (const action of later.splice(0)) soon(action);
    }
  };
  next();
}
drawOverview.round = 0;
drawOverview.finish = () => {};

// What the reader will need, but not to see the page.
const later = [];
function afterComplete(action) {
  later.push(action);
}

// A section or a definition that the address names.
function goToTarget() {
  const word = state.get("word"), to = state.get("to");
  const target = document.getElementById(word ? "word-" + word : to || "");
  if (!target) return;
  if (word) document.getElementById("words-list").open = true;
  target.scrollIntoView();
  target.setAttribute("tabindex", -1);
  target.focus({preventScroll: true});
}

function draw() {
  const language = state.get("lang") === "en" ? "en" : "fa";
  const root = document.documentElement;
  const isNew = page.language !== language || root.dataset.complete === undefined;
  page.language = language;
  root.lang = language;
  root.dir = isPersian() ? "rtl" : "ltr";
  drawButtons();
  const found = state.has("station") ? findStation(state.get("station")) : null;
  const overview = document.getElementById("overview"), station = document.getElementById("station");
  overview.hidden = found !== null;
  station.hidden = found === null;
  document.title = (found ? stationName(found.kind, found.row) + " – " : "") + page.data.run.title;
  if (found) {
    drawStation(station, found);
    if (document.activeElement === document.body) window.scrollTo(0, 0);
    else document.getElementById("station-title").focus();
    root.dataset.complete = root.dataset.complete || "station";
  } else {
    clear(station);
    if (isNew || !document.getElementById("words")) drawOverview();
    else goToTarget();
  }
}

// Print waits for all sections, and shows what is folded: the tables of charts stay closed, definitions open.
window.addEventListener("beforeprint", () => {
  drawOverview.finish();
  const words = document.getElementById("words-list");
  if (words) words.open = true;
});

window.addEventListener("hashchange", () => {
  readState();
  draw();
});

readState();
document.documentElement.lang = state.get("lang") === "en" ? "en" : "fa";
document.documentElement.dir = document.documentElement.lang === "fa" ? "rtl" : "ltr";
readData().then((data) => {
  page.data = data;
  page.texts = data.texts;
  page.goal = Number(data.run.goal);
  page.within = Number(data.run.within_min);
  draw();
});
