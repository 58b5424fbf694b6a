// The overlay: what must be mended, over the last good page. It says what the terminal says, each fault leads to its place in the editor, and it goes
// away by itself when the fault is gone.

const Overlay = (function () {
  const shell = document.body.classList.contains("shell"); // a page of the preview's own, under which there is none
  let made = null;
  let shown = ""; // what was shown last, also when it was hidden by hand: only another fault shows again

  const element = (name, attributes, ...children) => {
    const e = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
    e.append(...children.filter((c) => c !== null && c !== undefined && c !== ""));
    return e;
  };

  // A root of its own keeps the page's styles out and ours in. The style sheet is a file, since the page's policy allows no other; until it is there
  // the element is hidden, and the sheet itself shows it. It stands outside of the body, so that a merge does not meet it.
  const shadow = (name) => {
    const host = document.createElement(name);
    host.hidden = true;
    const root = host.attachShadow({ mode: "open" });
    root.append(element("link", { rel: "stylesheet", href: "/_waymark/client.css" }));
    document.documentElement.append(host);
    let now = null;
    return {
      root,
      fill(content) {
        now?.remove();
        now = content;
        if (content) root.append(content);
      },
    };
  };

  function fault(f) {
    const text = element("pre", {}, f.text);
    if (!f.editor) return element("li", {}, text);
    return element("li", {}, element("a", { href: f.editor, title: "Open " + f.file + " in the editor" }, text));
  }

  function show(faults) {
    const all = faults && faults.length ? JSON.stringify(faults) : "";
    if (all === shown) return;
    shown = all;
    if (!all) {
      made?.fill(null);
      return;
    }
    made ??= shadow("waymark-overlay");
    const close = element("button", { type: "button" }, "Hide");
    close.addEventListener("click", () => made.fill(null));
    made.fill(
      element(
        "section",
        { class: "overlay", role: "alert", "aria-label": "What must be mended" },
        element("header", {}, element("h2", {}, faults.length === 1 ? "One thing must be mended" : faults.length + " things must be mended"), close),
        shell ? "" : element("p", {}, "The page below is the last good one. It changes as soon as the fault is gone."),
        element("ol", {}, ...faults.map(fault)),
      ),
    );
  }

  return { show, element, shadow };
})();
