// Bringing a new version of a page into the page that is open, so that the author sees the new text and keeps everything else: scroll, focus, open
// details, typed answers, and what the page's own scripts have made of it.
//
// It is a merge of three: the page as it was delivered, the page as it is now (scripts and the reader have changed it), and the page as it is
// delivered now. What the author did not touch stays as it is, whatever scripts did to it; what the author touched is taken from the new
// version. idiomorph finds which element is which; here is what each may do.
//
// For that, the page as delivered is written down before any of its deferred scripts run: this script stands at the end of the body and is not deferred.

const Merge = (function () {
  // An element that the server delivered → its HTML and attributes then. Elements that scripts made are not in it.
  const delivered = new WeakMap();
  // The HTML of all elements of the version that was delivered last.
  let originals = [];
  // What scripts have read from it.
  let known = "";

  const LABEL = "data-waymark-new"; // numbers the elements of the new version while a merge runs
  const NAME = "waymark-same-"; // a passing id for what is equal in both versions

  // element.id is not to be trusted: in a form it may be a field of that name.
  const idOf = (element) => element.getAttribute("id") || "";
  const isElement = (node) => node.nodeType === Node.ELEMENT_NODE;

  const record = (element) => ({
    html: element.outerHTML,
    attributes: new Map(Array.from(element.attributes, (a) => [a.name, a.value])),
  });

  const each = (root, visit) => {
    visit(root);
    root.querySelectorAll("*").forEach(visit);
  };

  function remember() {
    each(document.documentElement, (element) => delivered.set(element, record(element)));
    originals = Array.from(document.body.querySelectorAll("*"), (e) => delivered.get(e).html);
    known = readByScripts(document);
  }

  // What the page's scripts read once, when they wake: custom elements with all that is in them, the answers, the page's data, and which files are
  // loaded. Where any of it is new, the page has to be loaded anew: an element that is awake would mark by the old answers.
  function readByScripts(doc) {
    const parts = [];
    for (const e of doc.querySelectorAll("*")) {
      if (e.localName.includes("-") || e.matches("[data-answer], script:not([src])")) parts.push(e.outerHTML);
      else if (e.matches("script[src], link[rel=stylesheet]")) parts.push(address(e));
    }
    return parts.join("\n");
  }

  const address = (e) => {
    const a = e.getAttribute("src") || e.getAttribute("href");
    return a.startsWith("/_waymark/") ? "" : a.replace(/\?.*$/, "");
  };

  // Whether next can be merged into the page that is open.
  const fits = (next) => readByScripts(next) === known;

  // Gives elements without an id that are the same in both versions, and only once in each, the same passing id: idiomorph then
  // finds them wherever they have moved.
  function nameTheSame(live, next, records) {
    const once = (root, html) => {
      const seen = new Map();
      for (const e of root.querySelectorAll("*")) {
        const key = html(e);
        if (key !== undefined) seen.set(key, seen.has(key) ? null : e);
      }
      return seen;
    };
    const before = once(live, (e) => delivered.get(e)?.html);
    const named = new Set();
    let number = 0;
    for (const [html, element] of once(next, (e) => records.get(e).html)) {
      const twin = before.get(html);
      if (!element || !twin) continue;
      named.add(element);
      // Within such an element everything is the same anyway.
      if (named.has(element.parentElement) || idOf(element) || idOf(twin)) continue;
      const name = NAME + number++;
      element.setAttribute("id", name);
      twin.setAttribute("id", name);
    }
  }

  // Classes that scripts have set stay; those that the author has added or taken away follow.
  function mergeClass(element, was, is) {
    const words = (text) => (text || "").split(/\s+/).filter(Boolean);
    for (const word of words(was)) if (!words(is).includes(word)) element.classList.remove(word);
    for (const word of words(is)) if (!words(was).includes(word)) element.classList.add(word);
  }

  // The attributes of the html element. Its class is left alone: a script of the head has changed it before anybody could write down what it was.
  function mergeRoot(next) {
    for (const name of next.getAttributeNames()) {
      if (name !== "class") document.documentElement.setAttribute(name, next.getAttribute(name));
    }
  }

  function removedByScripts(live) {
    const there = new Set();
    each(live, (element) => there.add(delivered.get(element)?.html));
    return new Set(originals.filter((html) => !there.has(html)));
  }

  // Merges the document next, fresh from the server, into this one.
  function merge(next) {
    document.title = next.title;
    mergeRoot(next.documentElement);
    const live = document.body;

    const records = new Map();
    each(next.body, (element) => records.set(element, record(element)));
    const made = Array.from(live.querySelectorAll("*")).filter((e) => !delivered.has(e) && !idOf(e));
    const removed = removedByScripts(live);
    nameTheSame(live, next.body, records);
    const labels = [];
    each(next.body, (element) => {
      element.setAttribute(LABEL, labels.length);
      labels.push(records.get(element));
    });
    // What scripts made must not be taken for something that the author wrote: with an id of its own it never is.
    made.forEach((element, i) => element.setAttribute("id", "waymark-made-" + i));

    let current = null; // the new version of the element whose attributes are being merged
    const callbacks = {
      beforeNodeMorphed(node, fresh) {
        if (!isElement(node)) return true;
        current = fresh;
        return delivered.get(node)?.html !== records.get(fresh).html;
      },
      beforeAttributeUpdated(name, element) {
        if (name === LABEL) return false;
        const was = delivered.get(element)?.attributes;
        if (!was || (name === "id" && idOf(element).startsWith(NAME))) return true;
        const before = was.get(name) ?? null;
        const after = current.getAttribute(name);
        if (before === after) return false; // not touched by the author: typed text, ticks and states stay
        if (name !== "class") return true;
        mergeClass(element, before, after);
        return false;
      },
      afterNodeMorphed(node, fresh) {
        if (isElement(node)) delivered.set(node, records.get(fresh));
      },
      beforeNodeAdded(fresh) {
        // What scripts took away does not come back, unless the author has changed it.
        return !(isElement(fresh) && removed.has(records.get(fresh).html));
      },
      afterNodeAdded(node) {
        if (!isElement(node)) return;
        each(node, (element) => {
          if (!element.hasAttribute(LABEL)) return;
          delivered.set(element, labels[Number(element.getAttribute(LABEL))]);
          element.removeAttribute(LABEL);
        });
      },
      beforeNodeRemoved(node) {
        return !isElement(node) || delivered.has(node); // what scripts have added stays
      },
    };
    try {
      Idiomorph.morph(live, next.body, { morphStyle: "outerHTML", head: { style: "none" }, callbacks });
    } finally {
      for (const element of made) element.removeAttribute("id");
      for (const element of live.querySelectorAll('[id^="' + NAME + '"]')) element.removeAttribute("id");
    }
    originals = Array.from(records.values(), (r) => r.html);
    document.dispatchEvent(new CustomEvent("waymark:morph"));
  }

  return { remember, fits, merge };
})();
