// What is looked at stands in the fragment of the address, so that a link leads back to it, from a file too.
const state = new Map();

function readState() {
  state.clear();
  for (const [key, value] of new URLSearchParams(location.hash.slice(1))) state.set(key, value);
}

// Values that are empty leave the fragment.
function setState(changes, asNewStep) {
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === "") state.delete(key);
    else state.set(key, value);
  }
  const fragment = "#" + new URLSearchParams([...state]).toString();
  if (fragment === (location.hash || "#")) return;
  if (asNewStep) location.hash = fragment;
  else history.replaceState(null, "", fragment);
}

function linkTo(changes) {
  const parts = new Map(state);
  for (const [key, value] of Object.entries(changes)) parts.set(key, value);
  return "#" + new URLSearchParams([...parts].filter(([, value]) => value !== "")).toString();
}
