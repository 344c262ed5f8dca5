"use strict";
// Elements of HTML and SVG. Attributes that begin with `on` are listeners; null ones are left out.
function fillElement(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat(3)) {
    if (child !== null && child !== undefined) element.append(child);
  }
  return element;
}

function html(tag, attributes, ...children) {
  return fillElement(document.createElement(tag), attributes, children);
}

function svg(tag, attributes, ...children) {
  return fillElement(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

// An id, date or version keeps its own direction within Persian text.
function code(text) {
  return html("bdi", {dir: "ltr", class: "code"}, text);
}

// A sentence in which ids and keys stand between backticks.
function codes(text) {
  return text.split("`").map((part, i) => (i % 2 === 1 ? code(part) : part));
}

function clear(element) {
  element.replaceChildren();
  return element;
}

// Does one thing after the other, with room for the browser to paint and to answer in between.
function soon(action) {
  setTimeout(action, 0);
}
