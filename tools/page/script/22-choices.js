// A list to choose a value from, which stands in the fragment under a key; the first is the usual one and leaves the
// fragment. Nothing where there is one value only.
function choiceOf(key, title, options, chosen, show) {
  if (options.length < 2) return null;
  return html("label", {class: "choose"}, html("span", null, title), html("select", {"data-choice": key, onchange: (event) => {
    setState({[key]: event.target.value === options[0][0] ? "" : event.target.value});
    show();
  }}, options.map(([value, label]) => html("option", {value, selected: value === chosen}, label))));
}
