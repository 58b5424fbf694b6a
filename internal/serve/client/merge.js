// Bringing a new version of a page into the page that is open, so that the author sees the new text and keeps everything else: scroll, focus, open
// details, typed answers, and what the page's own scripts have made of it.
//
// It is a merge of three: the page as it was delivered, the page as it is now (scripts and the reader have changed it), and the page as it is
// delivered now. What the author did not touch stays as it is, whatever scripts did to it; what the author touched is taken from the new
// version. idiomorph finds which element is which; here is what each may do.
//
// For that, the page as delivered is written down before any of its deferred scripts run: this script stands in the body's end and is not deferred.

const Merge = (function () {
  // An element that the server delivered → its HTML and attributes then. Elements that scripts made are not in it.
  const delivered = new WeakMap();

  const LABEL = "data-waymark-new"; // numbers elements of the new version while a merge runs
  const NAME = "waymark-same-"; // a passing id for what is equal in both versions

  const record = (element) => ({
    html: element.outerHTML,
    attributes: new Map(Array.from(element.attributes, (a) => [a.name, a.value])),
  });

  // element.id is not to be trusted: in a form it may be a field of that name.
  const idOf = (element) => element.getAttribute("id") || "";

  const each = (root, visit) => {
    visit(root);
    root.querySelectorAll("*").forEach(visit);
  };

  // Called once, while the page is still as it was delivered.
  function remember(root) {
    each(root, (element) => delivered.set(element, record(element)));
  }

  // What a page loads. Scripts that come in by a merge would not run, so a page that loads others is loaded anew.
  const loads = (doc) =>
    Array.from(doc.querySelectorAll("script[src], link[rel=stylesheet]"), (e) => e.getAttribute("src") || e.getAttribute("href"))
      .filter((address) => !address.startsWith("/_waymark/"))
      .map((address) => address.replace(/\?.*$/, ""))
      .sort()
      .join("\n");

  const sameLoads = (next) => loads(document) === loads(next);

  // A custom element keeps state of its own. Something in it may only be told apart by a passing id when the element itself is the same one.
  function steady(element, ids) {
    for (let e = element.parentElement; e; e = e.parentElement) {
      if (e.localName.includes("-") && !ids.has(idOf(e))) return false;
    }
    return true;
  }

  // Gives elements without an id that are the same in both versions, and only once in each, the same passing id: idiomorph then
  // finds them wherever they have moved.
  function nameTheSame(live, next, records) {
    const once = (elements, html) => {
      const seen = new Map();
      for (const e of elements) {
        const key = html(e);
        if (key !== undefined) seen.set(key, seen.has(key) ? null : e);
      }
      return seen;
    };
    const all = (root) => Array.from(root.querySelectorAll("*"));
    const before = once(all(live), (e) => delivered.get(e)?.html);
    const after = once(all(next), (e) => records.get(e).html);
    const liveIds = new Set(Array.from(live.querySelectorAll("[id]"), idOf));
    const ids = new Set(Array.from(next.querySelectorAll("[id]"), idOf).filter((id) => liveIds.has(id)));
    const named = [];
    for (const [html, element] of after) {
      const twin = before.get(html);
      if (!element || !twin || idOf(element) || idOf(twin) || !steady(element, ids) || !steady(twin, ids)) continue;
      const name = NAME + named.length;
      element.setAttribute("id", name);
      twin.setAttribute("id", name);
      named.push(twin);
    }
    return named;
  }

  // Classes that scripts have set stay; those that the author has added or taken away follow.
  function mergeClass(element, was, is) {
    const words = (text) => (text || "").split(/\s+/).filter(Boolean);
    for (const word of words(was)) if (!words(is).includes(word)) element.classList.remove(word);
    for (const word of words(is)) if (!words(was).includes(word)) element.classList.add(word);
  }

  // Attributes of one element (html, body) by the same rule.
  function mergeAttributes(element, next) {
    const was = delivered.get(element)?.attributes ?? new Map();
    const names = new Set([...was.keys(), ...Array.from(next.attributes, (a) => a.name)]);
    for (const name of names) {
      const is = next.getAttribute(name);
      if ((was.get(name) ?? null) === is) continue;
      if (name === "class") mergeClass(element, was.get(name), is);
      else if (is === null) element.removeAttribute(name);
      else element.setAttribute(name, is);
    }
    delivered.set(element, record(next));
  }

  // Merges the document next, fresh from the server, into this one.
  function merge(next) {
    document.title = next.title;
    const head = next.documentElement.cloneNode(false);
    mergeAttributes(document.documentElement, head);

    const live = document.body;
    const records = new Map();
    const labels = [];
    each(next.body, (element) => records.set(element, record(element)));
    const foreign = Array.from(live.querySelectorAll("*")).filter((e) => !delivered.has(e) && !idOf(e));
    const named = nameTheSame(live, next.body, records);
    each(next.body, (element) => {
      element.setAttribute(LABEL, labels.length);
      labels.push(records.get(element));
    });
    // What scripts made must not be taken for something that the author wrote: with an id of its own it never is.
    foreign.forEach((element, i) => element.setAttribute("id", "waymark-made-" + i));
    // What scripts took away must not come back, unless the author has changed it.
    const removed = new Set(removedByScripts(live));

    let current = null;
    const attribute = (name, element) => {
      if (name === LABEL || name === "id" && idOf(element).startsWith(NAME)) return false;
      const was = delivered.get(element)?.attributes;
      if (!was || !current) return true;
      const before = was.get(name) ?? null;
      const after = current.getAttribute(name);
      if (before === after) return false;
      if (name === "class") {
        mergeClass(element, before, after);
        return false;
      }
      return true;
    };

    try {
      Idiomorph.morph(live, next.body, {
        morphStyle: "outerHTML",
        head: { style: "none" },
        callbacks: {
          beforeNodeMorphed(element, node) {
            if (element.nodeType !== 1) return true;
            if (element !== live && delivered.get(element)?.html === records.get(node)?.html && delivered.has(element)) return false;
            current = node;
            return true;
          },
          beforeAttributeUpdated: attribute,
          afterNodeMorphed(element, node) {
            if (element.nodeType === 1 && records.has(node)) delivered.set(element, records.get(node));
          },
          beforeNodeAdded(node) {
            return !(node.nodeType === 1 && removed.has(records.get(node)?.html));
          },
          afterNodeAdded(node) {
            if (node.nodeType !== 1) return;
            each(node, (element) => {
              if (!element.hasAttribute(LABEL)) return;
              delivered.set(element, labels[Number(element.getAttribute(LABEL))]);
              element.removeAttribute(LABEL);
            });
          },
          beforeNodeRemoved(node) {
            // Kept: what scripts have added beside what is still there.
            return !(node.nodeType === 1 && !delivered.has(node));
          },
        },
      });
    } finally {
      for (const element of [...named, ...foreign]) element.removeAttribute("id");
      for (const element of document.body.querySelectorAll('[id^="' + NAME + '"]')) element.removeAttribute("id");
    }
    originals = Array.from(records.values(), (r) => r.html);
    document.dispatchEvent(new CustomEvent("waymark:morph"));
  }

  // The HTML of all elements of the last version, to know what is gone from the page.
  let originals = [];

  function removedByScripts(live) {
    const there = new Set();
    each(live, (element) => {
      const was = delivered.get(element);
      if (was) there.add(was.html);
    });
    return originals.filter((html) => !there.has(html));
  }

  return {
    remember(doc) {
      remember(doc.documentElement);
      originals = Array.from(doc.body.querySelectorAll("*"), (e) => delivered.get(e).html);
    },
    merge,
    sameLoads,
  };
})();
