// What a reader has done to a page, carried over a reload: typed answers, ticks, orders, open details, the field with the focus. The browser itself keeps the scroll.

const Carry = (function () {
  const KEY = "waymark-serve:carry";
  const FIELDS = "input:not([type=password], [type=file], [type=hidden]), textarea, select";

  // A name that finds the same element in the next version: its id, its name and value, else its number among its kind in what has an id, as the gaps
  // of a question: there may be more or fewer of them elsewhere, also because not all scripts have run.
  function nameOf(element) {
    if (element.getAttribute("id")) return "#" + element.getAttribute("id");
    if (element.name) return element.name + "=" + (/^(radio|checkbox)$/.test(element.type) ? element.value : "");
    const home = element.parentElement.closest("[id]");
    return (home?.getAttribute("id") ?? "") + " " + element.localName + Array.from((home ?? document).querySelectorAll(element.localName)).indexOf(element);
  }

  function named(selector) {
    return Array.from(document.querySelectorAll(selector), (element) => [nameOf(element), element]);
  }

  const ticked = (field) => field.type === "radio" || field.type === "checkbox";
  const touched = (field) =>
    ticked(field)
      ? field.checked !== field.defaultChecked
      : field.localName === "select"
        ? Array.from(field.options).some((o) => o.selected !== o.defaultSelected)
        : field.value !== field.defaultValue;

  // The lines of an order, by their texts.
  const lines = (list) => new Map(Array.from(list.children, (line) => [line.querySelector(".txt").textContent, line]));
  const moved = (list) => Array.from(list.children).some((line, at) => line.dataset.item != at);

  // The first button and the last lead nowhere.
  function arrange(list, texts) {
    const here = lines(list);
    if (here.size !== texts.length || texts.some((t) => !here.has(t))) return false;
    list.append(...texts.map((t) => here.get(t)));
    const buttons = list.querySelectorAll(".mv button");
    buttons.forEach((b, at) => b.setAttribute("aria-disabled", String(!at || at === buttons.length - 1)));
    return true;
  }

  // A page that is loaded again before it has got back what it should keep passes that on.
  let restored = false;
  // A page that is being left may still finish loading: what is for the next one is not for it.
  let left = false;
  // What found no place in this version: a file that was read half written, a question that is being rewritten. The next version may have it again.
  let lost = [];

  function waiting() {
    try {
      const state = restored ? null : JSON.parse(sessionStorage.getItem(KEY));
      return state?.path === location.pathname ? state : null;
    } catch {
      return null;
    }
  }

  function save() {
    left = true;
    const before = waiting();
    const state = {
      path: location.pathname,
      fields: named(FIELDS)
        .filter(([, field]) => touched(field))
        .map(([name, field]) => [name, ticked(field) ? field.checked : field.value])
        .concat(named("ol.order").filter(([, list]) => moved(list)).map(([name, list]) => [name, [...lines(list).keys()]])),
      details: named("details").map(([name, details]) => [name, details.open]),
      focus: document.activeElement?.getAttribute("id") ?? before?.focus,
    };
    const now = new Set(state.fields.map(([name]) => name));
    state.fields.push(...(before?.fields ?? lost).filter(([name]) => !now.has(name)));
    if (before) state.details = before.details;
    try {
      sessionStorage.setItem(KEY, JSON.stringify(state));
    } catch {
      // The page is as when it was opened.
    }
  }

  // Called when the page's own scripts have run, for they fill in what they have kept themselves.
  function restore() {
    if (left) return;
    restored = true;
    let state = null;
    try {
      state = JSON.parse(sessionStorage.getItem(KEY));
      sessionStorage.removeItem(KEY);
    } catch {
      return;
    }
    if (!state || state.path !== location.pathname) return;
    const fields = new Map(named(FIELDS + ", ol.order"));
    for (const [name, value] of state.fields) {
      const field = fields.get(name);
      const order = Array.isArray(value);
      if (!field || (order && !arrange(field, value))) lost.push([name, value]);
      else if (order) continue;
      else if (ticked(field)) field.checked = value;
      else field.value = value;
    }
    const details = new Map(named("details"));
    for (const [name, open] of state.details) if (details.has(name)) details.get(name).open = open;
    if (state.focus) document.getElementById(state.focus)?.focus({ preventScroll: true });
  }

  return { save, restore };
})();
