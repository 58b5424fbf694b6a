// The author's bar: which file a page is made of, what it is, what it teaches, how long it takes, what could be better, and where it stands in paths.
// Alt+A takes it away and brings it back; so does the button, and either is remembered.

const Bar = (function () {
  const STATE = "waymark-serve:bar"; // "line", "open" or "off"
  const { element, shadow } = Overlay;
  let made = null;
  let about = null;
  let online = true;

  const storage = {
    get() {
      try {
        return localStorage.getItem(STATE) || "line";
      } catch {
        return "line";
      }
    },
    set(value) {
      try {
        localStorage.setItem(STATE, value);
      } catch {
        // Remembered for this page only.
      }
      state = value;
    },
  };
  let state = storage.get();

  const minutes = ([from, to]) => (!to && !from ? "" : !to || from === to ? from + " min" : from + "–" + to + " min");
  const count = (n, one, many) => n + " " + (n === 1 ? one : many);

  const editable = (t) => t instanceof HTMLElement && (t.isContentEditable || /^(input|textarea|select)$/.test(t.localName));
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyA" || editable(event.target)) return;
    event.preventDefault();
    storage.set(state === "off" ? "line" : "off");
    draw();
  });

  async function update() {
    try {
      const answer = await fetch("/_waymark/page?path=" + encodeURIComponent(location.pathname));
      about = await answer.json();
    } catch {
      return;
    }
    draw();
  }

  function setOnline(value) {
    if (online === value) return;
    online = value;
    draw();
  }

  function line() {
    const file = about.source
      ? element("a", { class: "file", href: about.editor, title: "Open in the editor" }, about.source)
      : element("span", { class: "file" }, "made by Waymark");
    const facts = [about.kind, about.draft ? "draft" : "", about.retired ? "retired" : "", minutes(about.minutes), about.questions ? count(about.questions, "question", "questions") : ""];
    const lints = (about.lints || []).length;
    return [
      file,
      ...facts.filter(Boolean).map((f) => element("span", { class: f === "draft" ? "draft" : "" }, f)),
      lints ? element("span", { class: "lints" }, count(lints, "hint", "hints")) : "",
      online ? "" : element("span", { class: "lints", role: "status" }, "the preview has stopped"),
    ];
  }

  function details() {
    const part = (title, items) => (items.length ? element("section", {}, element("h3", {}, title), element("ul", {}, ...items)) : "");
    const objectives = (about.objectives || []).map((o) => element("li", {}, element("code", {}, o.id), " ", o.text, o.verb ? element("small", {}, " (" + o.verb + ")") : ""));
    const places = (about.places || []).map((p) =>
      element("li", {}, element("a", { href: p.url }, p.path), p.stage ? ", " + p.stage : "", p.of ? ", " + p.number + " of " + p.of : "", p.optional ? ", optional" : ""),
    );
    const lints = (about.lints || []).map((f) => element("li", {}, element("a", { href: f.editor, title: "Open in the editor" }, element("pre", {}, f.text))));
    return [
      about.id ? part("Id", [element("li", {}, element("code", {}, about.id))]) : "",
      part("Objectives", objectives),
      part("In paths", places.length || !about.source ? places : [element("li", {}, "in none")]),
      part("What could be better", lints),
      about.others ? element("p", {}, count(about.others, "hint", "hints") + " on other pages; the terminal lists them.") : "",
    ];
  }

  function draw() {
    const on = state !== "off" && about;
    // The foot of the page stays in reach.
    document.documentElement.style.setProperty("padding-block-end", on ? "2.5rem" : "");
    if (!on) {
      made?.fill(null);
      return;
    }
    made ??= shadow("waymark-bar");
    const open = state === "open";
    const more = element("button", { type: "button", "aria-expanded": String(open) }, open ? "Less" : "More");
    more.addEventListener("click", () => {
      storage.set(open ? "line" : "open");
      draw();
      made.root.querySelector("button").focus();
    });
    const off = element("button", { type: "button", title: "Alt+A brings it back" }, "Hide");
    off.addEventListener("click", () => {
      storage.set("off");
      draw();
    });
    made.fill(
      element(
        "section",
        { class: "bar", "aria-label": "About this page, for its author" },
        open ? element("div", { class: "details" }, ...details()) : "",
        element("div", { class: "line" }, ...line(), element("span", { class: "end" }, more, off)),
      ),
    );
  }

  return { update, setOnline };
})();
