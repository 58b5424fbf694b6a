// What a tab does while the preview runs: it keeps a socket to the server, says which page it shows, and does what it is told. The messages are described in
// tabs.go.

(function () {
  const script = document.currentScript;
  const shell = document.body.classList.contains("shell"); // a page of the preview's own: there is nothing in it to keep
  let { key, look } = script.dataset;
  const missing = "missing" in script.dataset;
  let socket = null;
  let wait = 200;
  let work = Promise.resolve(); // merges come one after the other

  if (!shell) {
    Merge.remember();
    // Deferred scripts have run by then.
    addEventListener("DOMContentLoaded", Carry.restore);
  }

  function again() {
    if (!shell) Carry.save();
    location.reload();
  }

  function connect() {
    const address = new URL("/_waymark/socket", location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    socket = new WebSocket(address);
    socket.onopen = () => {
      wait = 200;
      Bar.setOnline(true);
      hello();
    };
    socket.onmessage = (event) => {
      const message = JSON.parse(event.data);
      work = work.then(() => obey(message)).catch(again);
    };
    socket.onclose = () => {
      Bar.setOnline(false);
      setTimeout(connect, wait);
      wait = Math.min(wait * 1.5, 3000);
    };
  }

  function hello() {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ path: location.pathname, key, look, missing }));
  }

  async function obey(message) {
    if (message.goTo && !document.hidden) {
      location.assign(message.goTo);
      return;
    }
    if (message.page === "reload" || (shell && message.page === "morph")) {
      again();
      return;
    }
    Overlay.show(message.faults);
    if (shell && message.faults) document.querySelector("main pre")?.remove();
    exchange(message.files || []);
    if (message.look) look = message.look;
    if (message.page === "morph") await morph();
    else if (message.notes) Bar.update();
  }

  async function morph() {
    let answer, text;
    try {
      answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      text = await answer.text();
    } catch {
      return; // the preview has stopped; when it is back, the hello tells it what this tab shows
    }
    const next = new DOMParser().parseFromString(text, "text/html");
    const tag = next.querySelector('script[src="/_waymark/reload.js"]');
    if (!tag || !answer.ok || !Merge.fits(next)) {
      again();
      return;
    }
    Merge.merge(next);
    ({ key, look } = tag.dataset);
    hello(); // if the page has changed again meanwhile, the server says so
    Bar.update();
  }

  // One name may be escaped in several ways.
  function plain(path) {
    try {
      return decodeURIComponent(path);
    } catch {
      return path; // no address of the site
    }
  }

  // Styles and images take a new address, so that the browser asks again. A style sheet is replaced when its successor is there: nothing flickers.
  function exchange(files) {
    const stamp = "?v=" + Date.now();
    const names = new Set(files.map(plain));
    const changed = (address) => {
      const url = new URL(address, document.baseURI);
      return url.origin === location.origin && names.has(plain(url.pathname)) ? url.pathname + stamp : null;
    };
    for (const link of document.querySelectorAll("link[rel=stylesheet]")) {
      const address = changed(link.href);
      if (!address || link.dataset.waymarkOld !== undefined) continue;
      const next = link.cloneNode(false);
      next.href = address;
      link.dataset.waymarkOld = "";
      next.onload = next.onerror = () => link.remove();
      link.after(next);
    }
    for (const image of document.querySelectorAll("img[src]")) {
      const address = changed(image.src);
      if (!address) continue;
      image.removeAttribute("srcset");
      image.src = address;
    }
  }

  connect();
  if (!shell) Bar.update();
})();
