/* Waymark. Built from themes/default/src/progress/main.ts by internal/tools/bundle. src: sha256-c438ce3587a0f9088f34c05a475443050f2d18e7029a862e6a19c4f25c84535a */
"use strict";
(() => {
  // app.ts
  function loadScript(src) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = src;
      script.onload = () => resolve();
      script.onerror = () => reject(new Error(src));
      document.head.append(script);
    });
  }

  // page.ts
  function pageData() {
    try {
      return JSON.parse(document.getElementById("page-data")?.textContent ?? "null");
    } catch {
      return null;
    }
  }
  function wordsOf(strings, language) {
    const fill = (text, args, n) => text.replace(/\{(\d+|count)\}/g, (hole, name) => String((name === "count" ? n : args[Number(name)]) ?? hole));
    const say = (key, ...args) => fill(strings[key] ?? key, args);
    let plural;
    try {
      plural = new Intl.PluralRules(language || "en");
    } catch {
    }
    const count2 = (key, n, ...args) => {
      const form = plural?.select(n) ?? "other";
      return fill(strings[`${key}.${form}`] ?? strings[`${key}.other`] ?? key, args, n);
    };
    return Object.assign(say, { count: count2 });
  }
  function element(tag, className = "", text) {
    const e = document.createElement(tag);
    if (className) e.className = className;
    if (text !== void 0) e.textContent = text;
    return e;
  }
  function button(className, text, press) {
    const b = element("button", className, text);
    b.type = "button";
    b.addEventListener("click", press);
    return b;
  }
  function find(root, selector) {
    return root.querySelector(selector);
  }
  function all(root, selector) {
    return Array.from(root.querySelectorAll(selector));
  }
  function dayIn(about, moment2) {
    try {
      return new Intl.DateTimeFormat(about.language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(moment2.slice(0, 10)));
    } catch {
      return moment2.slice(0, 10);
    }
  }

  // nav/nav.ts
  function wakeShell() {
    themeSelects();
    for (const menu of all(document, "details.menu")) {
      menu.addEventListener("keydown", (e) => {
        if (e.key !== "Escape" || !menu.open) return;
        menu.open = false;
        find(menu, "summary")?.focus();
      });
    }
    for (const b of all(document, "button[data-print]")) b.addEventListener("click", () => print());
    printFolds();
    contentsMark();
  }
  function themeSelects() {
    const root = document.documentElement;
    const selects = all(document, "[data-theme-select]");
    const show = () => selects.forEach((s) => s.value = root.dataset["theme"] ?? "system");
    for (const s of selects) {
      s.addEventListener("change", () => {
        if (s.value === "system") delete root.dataset["theme"];
        else root.dataset["theme"] = s.value;
        try {
          if (s.value === "system") localStorage.removeItem("waymark:theme");
          else localStorage.setItem("waymark:theme", s.value);
        } catch {
        }
        show();
      });
    }
    show();
  }
  function printFolds() {
    let opened = [];
    addEventListener("beforeprint", () => {
      opened = all(document, "details[data-print]").filter((d) => !d.open);
      for (const d of opened) d.open = true;
    });
    addEventListener("afterprint", () => {
      for (const d of opened) d.open = false;
      opened = [];
    });
  }
  function contentsMark() {
    const links = all(document, ".toc a, .tocmenu a");
    if (links.length === 0 || !("IntersectionObserver" in window)) return;
    const heads = links.flatMap((a) => document.getElementById(decodeURIComponent(a.hash.slice(1))) ?? []);
    const watch = new IntersectionObserver(
      () => {
        let here = heads[0];
        for (const h of heads) if (h.getBoundingClientRect().top < innerHeight / 3) here = h;
        for (const a of links) {
          if (here && decodeURIComponent(a.hash.slice(1)) === here.id) a.setAttribute("aria-current", "true");
          else a.removeAttribute("aria-current");
        }
      },
      { rootMargin: "0px 0px -66% 0px", threshold: [0, 1] }
    );
    for (const h of heads) watch.observe(h);
  }

  // offline/offline.ts
  function wakeOffline(app2) {
    const worker = document.documentElement.dataset["sw"];
    if (!worker || !("serviceWorker" in navigator) || !location.protocol.startsWith("http")) return;
    navigator.serviceWorker.addEventListener("message", (e) => {
      if (e.data?.waymark !== "edition") return;
      app2.notice(app2.say("update") + " ");
      find(document, "[data-update]")?.append(button("btn plain", app2.say("update.load"), () => location.reload()));
    });
    navigator.serviceWorker.register(worker).then(
      () => keepPath(app2),
      () => void 0
      // refused, as in some private windows: the site works as without
    );
  }
  function keepPath(app2) {
    const press = find(document, "[data-offline]");
    const status = find(document, "[data-offline-status]");
    if (!press || !status) return;
    press.hidden = false;
    press.addEventListener("click", () => {
      status.textContent = app2.say("search.loading");
      const pages = (app2.page.modules ?? []).map((m) => app2.page.root + m.url);
      keep(`waymark:${app2.page.site}:seen`, [location.pathname, app2.page.root + app2.page.data, ...pages]).then(
        () => status.textContent = app2.say("offline.saved"),
        () => status.textContent = app2.say("offline.failed")
      );
    });
  }
  async function keep(name, urls) {
    const cache = await caches.open(name);
    for (const url of urls) {
      const got = await fetch(url, { cache: "no-cache" });
      if (!got.ok) throw new Error(url);
      const page = new DOMParser().parseFromString(await got.clone().text(), "text/html");
      await cache.put(url, got);
      const pictures = all(page, "main img[src]").map(
        (img) => new URL(img.getAttribute("src") ?? "", new URL(url, location.href)).href
      );
      await cache.addAll(pictures.filter((src) => src.startsWith(location.origin)));
    }
  }

  // progress/progress.ts
  var markKey = {
    module: (id) => "done:" + id,
    path: (id) => "path-done:" + id,
    milestone: (path, id) => `milestone:${path}:${id}`,
    item: (module, item) => `item:${module}:${item}`,
    /** The nth time of a session, from 1. */
    session: (id, n) => `session:${id}:${n}`,
    filled: (form) => "filled:" + form,
    signed: (form) => "signed:" + form,
    /** Where the learner is in a scenario: the scenes gone through, joined by blanks. */
    scene: (id) => "scene:" + id,
    /** The path the learner follows. */
    way: () => "way"
  };
  var noteKey = {
    item: (module, item) => `item:${module}:${item}`,
    field: (form, field) => `form:${form}:${field}`
  };
  var keptKey = (site) => `waymark:${site}:kept`;
  function empty() {
    return { paths: {}, modules: {}, answers: {}, review: {}, notes: {}, marks: {} };
  }
  function isEmpty(p) {
    return [p.paths, p.modules, p.answers, p.review, p.notes, p.marks].every((part2) => Object.keys(part2).length === 0);
  }
  function apply(p, e, now) {
    const today2 = now.slice(0, 10);
    switch (e.do) {
      case "joined":
        return { ...p, learner: earlierLearner(p.learner, { code: e.code, seed: e.seed, since: now }) };
      case "answered": {
        const t = e.sure ? { at: now, v: e.v, s: e.s, sure: e.sure } : { at: now, v: e.v, s: e.s };
        const a = revision(own(p.answers, e.id), e.rev) ?? blank(e.rev);
        const next2 = { ...a, first: a.first ?? t, last: t, best: Math.max(a.best, e.s), tries: a.tries + 1 };
        return { ...p, answers: { ...p.answers, [e.id]: onTop(own(p.answers, e.id), next2) } };
      }
      case "hinted": {
        const a = revision(own(p.answers, e.id), e.rev) ?? blank(e.rev);
        return { ...p, answers: { ...p.answers, [e.id]: onTop(own(p.answers, e.id), { ...a, hints: Math.max(a.hints, e.hints) }) } };
      }
      case "read":
        return { ...p, modules: { ...p.modules, [e.module]: { read: today2, ...own(p.modules, e.module) } } };
      case "done":
        return { ...p, modules: { ...p.modules, [e.module]: { done: today2, ...own(p.modules, e.module) } } };
      case "started":
        return { ...p, paths: { ...p.paths, [e.path]: { started: today2, ...own(p.paths, e.path) } } };
      case "finished":
        return { ...p, paths: { ...p.paths, [e.path]: { done: today2, ...own(p.paths, e.path) } } };
      case "marked":
        return { ...p, marks: { ...p.marks, [e.key]: { at: after(own(p.marks, e.key)?.at, now), v: e.v } } };
      case "noted":
        return { ...p, notes: { ...p.notes, [e.key]: { at: after(own(p.notes, e.key)?.at, now), text: e.text } } };
      case "reviewed": {
        const old = own(p.review, e.id);
        const n = (old?.n ?? 0) + (e.counts ? 1 : 0);
        return { ...p, review: { ...p.review, [e.id]: { box: e.box, due: e.due, at: after(old?.at, now), n } } };
      }
    }
  }
  function after(old, now) {
    if (old === void 0 || old < now) return now;
    return momentOf(Date.parse(old) + 1e3);
  }
  function own(record, key) {
    return Object.prototype.hasOwnProperty.call(record, key) ? record[key] : void 0;
  }
  function momentOf(ms) {
    return new Date(ms).toISOString().slice(0, 19) + "Z";
  }
  function blank(rev) {
    return { rev, best: 0, tries: 0, hints: 0 };
  }
  function revision(a, rev) {
    if (!a || a.rev === rev) return a;
    return a.was?.find((old) => old.rev === rev);
  }
  function changed(a, rev) {
    return !!a && !revision(a, rev)?.first && [a, ...a.was ?? []].some((r) => r.first);
  }
  function onTop(a, next2) {
    return arrange([next2, ...flat(a).filter((old) => old.rev !== next2.rev)]);
  }
  function flat(a) {
    if (!a) return [];
    const { was, ...top } = a;
    return [top, ...was ?? []];
  }
  function arrange(all2) {
    const when = (a) => a.last?.at ?? a.first?.at ?? "";
    const sorted = all2.map(({ was: _, ...a }) => a).sort((a, b) => order(when(b), when(a)) || order(a.rev, b.rev));
    const [top, ...was] = sorted;
    return was.length > 0 ? { ...top, was } : top;
  }
  function merge(a, b) {
    const merged = {
      paths: union(a.paths, b.paths, (x, y) => ({ ...both(earliest, "started", x, y), ...both(earliest, "done", x, y) })),
      modules: union(a.modules, b.modules, (x, y) => ({ ...both(earliest, "read", x, y), ...both(earliest, "done", x, y) })),
      answers: union(a.answers, b.answers, mergeAnswers),
      review: union(a.review, b.review, mergeCards),
      notes: union(a.notes, b.notes, newest),
      marks: union(a.marks, b.marks, newest)
    };
    const learner = earlierLearner(a.learner, b.learner);
    if (learner) merged.learner = learner;
    return merged;
  }
  function mergeAnswers(a, b) {
    const byRev = /* @__PURE__ */ new Map();
    for (const r of [...flat(a), ...flat(b)]) {
      const other = byRev.get(r.rev);
      byRev.set(
        r.rev,
        other ? {
          rev: r.rev,
          ...both(earliestTry, "first", r, other),
          ...both(newest, "last", r, other),
          best: Math.max(r.best, other.best),
          tries: Math.max(r.tries, other.tries),
          hints: Math.max(r.hints, other.hints)
        } : r
      );
    }
    return arrange([...byRev.values()]);
  }
  function mergeCards(a, b) {
    const n = Math.max(a.n, b.n);
    return newest({ ...a, n }, { ...b, n });
  }
  function union(a, b, join) {
    const out = {};
    for (const key of [.../* @__PURE__ */ new Set([...Object.keys(a), ...Object.keys(b)])].sort()) {
      const x = own(a, key);
      const y = own(b, key);
      out[key] = x === void 0 ? y : y === void 0 ? x : join(x, y);
    }
    return out;
  }
  function both(join, key, x, y) {
    const v = x[key] === void 0 ? y[key] : y[key] === void 0 ? x[key] : join(x[key], y[key]);
    return v === void 0 ? {} : { [key]: v };
  }
  function earliest(a, b) {
    return a < b ? a : b;
  }
  function newest(a, b) {
    return (order(b.at, a.at) || order(canon(a), canon(b))) <= 0 ? a : b;
  }
  function earliestTry(a, b) {
    return (order(a.at, b.at) || order(canon(a), canon(b))) <= 0 ? a : b;
  }
  function earlierLearner(a, b) {
    if (!a || !b) return a ?? b;
    return (order(a.since, b.since) || order(a.code, b.code) || a.seed - b.seed) <= 0 ? a : b;
  }
  function order(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
  }
  function canon(v) {
    if (v === null || typeof v !== "object") return JSON.stringify(v) ?? "null";
    if (Array.isArray(v)) return "[" + v.map(canon).join(",") + "]";
    const o = v;
    const keys = Object.keys(o).filter((k) => o[k] !== void 0);
    return "{" + keys.sort().map((k) => JSON.stringify(k) + ":" + canon(o[k])).join(",") + "}";
  }
  function marked(p, key) {
    const m = own(p.marks, key);
    return !!m && m.v !== false;
  }
  function moduleDone(p, id) {
    const rule = own(p.modules, id)?.done;
    const mark = own(p.marks, markKey.module(id));
    if (mark && mark.v !== false)
      return rule && rule <= mark.at.slice(0, 10) ? { day: rule, how: "rule" } : { day: mark.at.slice(0, 10), how: "manual" };
    if (mark && rule && rule <= mark.at.slice(0, 10)) return null;
    return rule ? { day: rule, how: "rule" } : null;
  }

  // progress/rule.ts
  function checkOf(modules, id) {
    for (const m of modules) for (const check of m.checks ?? []) if (check.id === id) return check;
    return void 0;
  }
  function holds(rule, on, p) {
    if (rule === "read") return on.modules.every((m) => !!own(p.modules, m.id)?.read);
    if (rule === "manual") return marked(p, on.mark);
    const also = (r) => holds(r, on, p);
    if ("all" in rule) return rule.all.every(also);
    if ("any" in rule) return rule.any.some(also);
    if ("count" in rule) return rule.count.of.filter(also).length >= rule.count.min;
    if ("checks" in rule) return share(rule.checks.of, on, p) >= (rule.checks.min ?? 80) / 100 - 1e-9;
    if ("quiz" in rule) return passed(on.check(rule.quiz), rule.quiz, p);
    if ("reflection" in rule) return answered(p, rule.reflection);
    if ("reflections" in rule) return reflections(on, p) >= rule.reflections.min;
    if ("scenario" in rule) return answered(p, rule.scenario) && (!rule.good || best(p, rule.scenario) >= 1);
    if ("rating" in rule) return answered(p, rule.rating);
    if ("read_items" in rule) return itemsRead(rule.read_items, on, p);
    if ("form" in rule) return formDone(rule.form.id, rule.form.done, p);
    if ("session" in rule) return held(rule.session, 1, p) >= 1;
    if ("milestones" in rule) return rule.milestones.every((id) => on.milestone(id));
    if ("stages" in rule) return rule.stages.every((id) => on.stage(id));
    if ("review" in rule) return cards(p) >= rule.review.cards;
    return false;
  }
  function share(of, on, p) {
    let points = 0;
    let got = 0;
    for (const check of of ? of.map((id) => on.check(id) ?? { id, points: 1 }) : on.modules.flatMap((m) => m.checks ?? [])) {
      const weight = check.points || (of ? 1 : 0);
      points += weight;
      got += weight * best(p, check.id);
    }
    return points === 0 ? 1 : got / points;
  }
  function best(p, id) {
    const a = own(p.answers, id);
    return a ? Math.max(a.best, ...(a.was ?? []).map((old) => old.best)) : 0;
  }
  function answered(p, id) {
    const a = own(p.answers, id);
    return !!a && [a, ...a.was ?? []].some((r) => r.first);
  }
  function passed(check, id, p, pass) {
    const mark = pass || check?.pass || (check && check.type !== "quiz" ? 100 : 0);
    return answered(p, id) && best(p, id) >= mark / 100 - 1e-9;
  }
  function reflections(on, p) {
    return on.reflections.flatMap((m) => m.checks ?? []).filter((k) => k.type === "reflection" && answered(p, k.id)).length;
  }
  function itemsRead(which, on, p) {
    return on.modules.every((m) => (m.items ?? []).every((i) => which === "must" && !i.must || marked(p, markKey.item(m.id, i.id))));
  }
  function formDone(id, done, p) {
    return marked(p, markKey.signed(id)) || done !== "signed" && marked(p, markKey.filled(id));
  }
  function held(id, n, p) {
    if (moduleDone(p, id)) return n;
    let count2 = 0;
    for (let i = 1; i <= n; i++) if (marked(p, markKey.session(id, i))) count2++;
    return count2;
  }
  function cards(p) {
    return Object.values(p.review).reduce((sum, card) => sum + card.n, 0);
  }

  // progress/migrate.ts
  var FORMAT = "waymark-progress";
  var VERSION = 1;
  var steps = {};
  function migrate(file, table2 = steps, to = VERSION) {
    let version = Number(file["version"]);
    while (version < to) {
      const step2 = table2[version];
      if (!step2) return null;
      file = { ...step2(file), version: ++version };
    }
    return file;
  }

  // progress/read.ts
  var LIMITS = { entries: 2e4, text: 1e5, typed: 2e3, id: 200, values: 500 };
  function fromText(text, site) {
    let json;
    try {
      json = JSON.parse(text);
    } catch {
      return { refused: "damaged" };
    }
    if (!isObject(json)) return { refused: "format" };
    if (own(json, "format") !== FORMAT) return { refused: "format" };
    const version = own(json, "version");
    if (typeof version !== "number" || !Number.isInteger(version) || version < 0) return { refused: "format" };
    if (version > VERSION) return { refused: "newer" };
    const of = own(json, "site");
    if (of !== void 0 && of !== site) return { refused: "site" };
    const file = migrate(json);
    return file ? new Reader().file(file) : { refused: "format" };
  }
  function isObject(v) {
    return v !== null && typeof v === "object" && !Array.isArray(v);
  }
  var Reader = class {
    constructor() {
      this.dropped = 0;
      this.entries = 0;
    }
    file(file) {
      const p = empty();
      const learner = own(file, "learner");
      const seed = own(file, "seed");
      if (isObject(learner) && typeof learner["code"] === "string" && /^[0-9A-Z-]{1,20}$/.test(learner["code"]) && isSeed(seed)) {
        p.learner = { code: learner["code"], seed, since: moment(own(learner, "since")) ?? "2999-12-31T00:00:00Z" };
      }
      this.each(file, "marks", p.marks, (v) => this.mark(v));
      this.each(file, "notes", p.notes, (v) => {
        const at = moment(v["at"]);
        const text = v["text"];
        return at && typeof text === "string" && text.length <= LIMITS.text ? { at, text } : null;
      });
      this.each(file, "answers", p.answers, (v) => this.answer(v, true));
      this.each(file, "review", p.review, (v) => this.card(v));
      this.each(file, "modules", p.modules, (v, id) => {
        var _a, _b;
        const m = {};
        const read = day(v["read"]);
        if (read) m.read = read;
        const done = day(v["done"]);
        const rule = day(v["rule"]);
        if (rule) m.done = rule;
        if (done && v["how"] === "manual") (_a = p.marks)[_b = markKey.module(id)] ?? (_a[_b] = { at: done + "T00:00:00Z", v: true });
        else if (done) m.done = done;
        return m;
      });
      for (const [id, m] of Object.entries(p.modules)) if (!m.read && !m.done) delete p.modules[id];
      this.each(file, "paths", p.paths, (v, id) => {
        var _a, _b;
        const path = {};
        const started = day(v["started"]);
        const done = day(v["done"]);
        if (started) path.started = started;
        if (done) path.done = done;
        const milestones = own(v, "milestones");
        if (isObject(milestones)) {
          for (const [name, on] of Object.entries(milestones)) {
            const when = day(on);
            if (when && isID(name)) (_a = p.marks)[_b = markKey.milestone(id, name)] ?? (_a[_b] = { at: when + "T00:00:00Z", v: true });
          }
        }
        return path;
      });
      return { progress: p, dropped: this.dropped };
    }
    each(file, key, into, read) {
      const part2 = own(file, key);
      if (part2 === void 0) return;
      if (!isObject(part2)) {
        this.dropped++;
        return;
      }
      for (const [id, v] of Object.entries(part2)) {
        const value = isID(id) && isObject(v) && ++this.entries <= LIMITS.entries ? read(v, id) : null;
        if (value === null) this.dropped++;
        else into[id] = value;
      }
    }
    mark(v) {
      const at = moment(v["at"]);
      const is = v["v"];
      if (!at || !(typeof is === "boolean" || isID(is))) return null;
      return { at, v: is };
    }
    answer(v, top) {
      const rev = v["rev"];
      if (typeof rev !== "string" || rev.length > 32) return null;
      const a = { rev, best: share2(v["best"]) ?? 0, tries: count(v["tries"]), hints: count(v["hints"]) };
      const first = this.try(v["first"]);
      const last = this.try(v["last"]) ?? first;
      if (first) a.first = first;
      if (last) a.last = last;
      const was = v["was"];
      if (top && Array.isArray(was)) {
        const kept = was.slice(0, 20).flatMap((old) => isObject(old) ? this.answer(old, false) ?? [] : []);
        const others = kept.filter((old, i) => old.rev !== rev && kept.findIndex((o) => o.rev === old.rev) === i);
        if (others.length > 0) a.was = others;
      }
      return a;
    }
    try(v) {
      if (!isObject(v)) return void 0;
      const at = moment(v["at"]);
      const s = share2(v["s"]);
      const values = v["v"];
      if (!at || s === void 0 || !Array.isArray(values) || values.length > LIMITS.values) return void 0;
      const ok = values.every((x) => typeof x === "number" && Number.isFinite(x) || typeof x === "string" && x.length <= LIMITS.typed);
      if (!ok) return void 0;
      const sure2 = v["sure"];
      const t = { at, v: values, s };
      if (sure2 === 1 || sure2 === 2 || sure2 === 3) t.sure = sure2;
      return t;
    }
    card(v) {
      const due2 = day(v["due"]);
      const box = v["box"];
      if (!due2 || typeof box !== "number" || !Number.isInteger(box) || box < 1 || box > 5) return null;
      return { box, due: due2, at: moment(v["at"]) ?? due2 + "T00:00:00Z", n: count(v["n"]) };
    }
  };
  function isID(v) {
    return typeof v === "string" && v.length > 0 && v.length <= LIMITS.id && v !== "__proto__" && !/[\u0000-\u001f\u007f]/.test(v);
  }
  function isSeed(v) {
    return typeof v === "number" && Number.isInteger(v) && v >= 0 && v <= 4294967295;
  }
  function day(v) {
    if (typeof v !== "string" || !/^[12]\d{3}-\d\d-\d\d$/.test(v) || Number.isNaN(Date.parse(v))) return void 0;
    return v;
  }
  function moment(v) {
    if (typeof v !== "string") return void 0;
    const m = /^([12]\d{3}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.\d+)?Z)?$/.exec(v);
    if (!m) return void 0;
    const at = `${m[1]}T${m[2] ?? "00:00:00"}Z`;
    return Number.isNaN(Date.parse(at)) ? void 0 : at;
  }
  function share2(v) {
    return typeof v === "number" && v >= 0 && v <= 1 ? v : void 0;
  }
  function count(v) {
    return typeof v === "number" && Number.isInteger(v) && v >= 0 && v <= 1e6 ? v : 0;
  }

  // progress/store.ts
  var Store = class {
    constructor(world) {
      this.world = world;
      this.progress = empty();
      this.writable = true;
      /** The last change could not be written. */
      this.unsaved = false;
      this.told = /* @__PURE__ */ new Set();
      this.watchers = [];
      this.look();
    }
    get key() {
      return `waymark:${this.world.site}:progress`;
    }
    get() {
      return this.progress;
    }
    /** The learner's number for shuffling; 0 before anything was done. */
    get seed() {
      return this.progress.learner?.seed ?? 0;
    }
    watch(fn) {
      this.watchers.push(fn);
    }
    /** Applies events and keeps the result. Another tab may have written meanwhile, so the storage is looked at first. */
    tell(...events) {
      this.look();
      const now = this.world.now();
      if (!this.progress.learner) events = [{ do: "joined", code: code(this.world.random()), seed: this.world.random() }, ...events];
      for (const e of events) this.progress = apply(this.progress, e, now);
      this.keep();
      this.say();
    }
    /** Merges progress from a file, a link or another device. */
    join(other) {
      this.look();
      this.progress = merge(this.progress, other);
      this.keep();
      this.say();
    }
    /** Forgets everything, here and in the storage. */
    clear() {
      this.progress = empty();
      try {
        this.world.storage?.removeItem(this.key);
        this.world.storage?.removeItem(this.key + ":damaged");
        this.seen = null;
        this.writable = true;
      } catch {
        this.tellTrouble("denied");
      }
      this.say();
    }
    /** To be called when another tab changed the storage. */
    changed(key) {
      if (key !== null && key !== this.key) return;
      const before = this.progress;
      this.look();
      if (this.progress !== before) this.say();
    }
    /** Takes up what the storage holds now. */
    look() {
      const { storage: storage2 } = this.world;
      let text = null;
      try {
        if (!storage2) return this.tellTrouble("denied");
        text = storage2.getItem(this.key);
      } catch {
        this.writable = false;
        return this.tellTrouble("denied");
      }
      if (text === this.seen) return;
      const first = this.seen === void 0;
      this.seen = text;
      this.writable = true;
      if (text === null) {
        if (!first) this.progress = empty();
        return;
      }
      const read = fromText(text, this.world.site);
      if ("progress" in read) {
        this.progress = this.unsaved ? merge(this.progress, read.progress) : read.progress;
        if (read.dropped > 0) this.putAside(text);
      } else this.refuse(read.refused, text);
    }
    refuse(why, text) {
      if (why === "newer") {
        this.writable = false;
        return this.tellTrouble("newer");
      }
      this.putAside(text);
    }
    /** Keeps a copy of what could not be read, unless there is one already or no room for it. */
    putAside(text) {
      try {
        const key = this.key + ":damaged";
        if (this.world.storage?.getItem(key) === null) this.world.storage.setItem(key, text);
      } catch {
      }
      this.tellTrouble("damaged");
    }
    keep() {
      if (!this.writable || !this.world.storage) return;
      const text = isEmpty(this.progress) ? null : this.text();
      try {
        if (text === null) this.world.storage.removeItem(this.key);
        else this.world.storage.setItem(this.key, text);
        this.seen = text;
        this.unsaved = false;
      } catch {
        this.unsaved = true;
        this.tellTrouble("full");
      }
    }
    /** What is kept: the progress file with everything, without what save.ts works out for other readers. */
    text() {
      const { learner, ...rest } = this.progress;
      return JSON.stringify({ format: FORMAT, version: VERSION, site: this.world.site, learner, seed: learner?.seed, ...rest });
    }
    say() {
      for (const fn of this.watchers) fn(this.progress);
    }
    tellTrouble(what) {
      if (this.told.has(what)) return;
      this.told.add(what);
      this.world.trouble?.(what);
    }
  };
  function code(bits) {
    const letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let s = "";
    for (let i = 0; i < 6; i++) s += letters[bits >>> i * 5 & 31];
    return s.slice(0, 4) + "-" + s.slice(4);
  }

  // review/schedule.ts
  var DAYS = [1, 3, 7, 21, 60];
  var CARDS_A_DAY = 10;
  function addDays(day2, n) {
    return new Date(Date.parse(day2 + "T00:00:00Z") + n * 864e5).toISOString().slice(0, 10);
  }
  var queueKey = (site) => `waymark:${site}:queue`;
  function step(check, before, card, right, today2) {
    if (!check.deck) return null;
    if (!card) {
      const box2 = right ? 2 : 1;
      return { box: box2, due: addDays(today2, check.firstReview ?? DAYS[box2 - 1]), counts: false };
    }
    const due2 = card.due <= today2 || changed(before, check.rev);
    if (!right) return card.box === 1 && !due2 ? null : { box: 1, due: addDays(today2, 1), counts: due2 };
    if (!due2) return null;
    const box = Math.min(card.box + 1, DAYS.length);
    return { box, due: addDays(today2, DAYS[box - 1]), counts: true };
  }
  function due(p, checks, today2) {
    const rank = { changed: 0, certain: 1, wrong: 2, due: 3 };
    const list = [];
    for (const check of checks) {
      const card = own(p.review, check.id);
      if (!card || !check.deck) continue;
      const answer = own(p.answers, check.id);
      const was = changed(answer, check.rev);
      if (!was && card.due > today2) continue;
      const last = answer?.last;
      const why = was ? "changed" : last && last.s < 1 ? last.sure === 3 ? "certain" : "wrong" : "due";
      list.push({ check, card, why });
    }
    const text = (a, b) => a < b ? -1 : a > b ? 1 : 0;
    return list.sort((a, b) => rank[a.why] - rank[b.why] || text(a.card.due, b.card.due) || text(a.check.id, b.check.id));
  }
  function today(p, checks, day2) {
    const done = Object.values(p.review).filter((c) => c.n > 0 && c.at.slice(0, 10) === day2 && c.due > day2).length;
    return due(p, checks, day2).slice(0, Math.max(0, CARDS_A_DAY - done));
  }

  // search/open.ts
  function wakeSearch(app2) {
    const html = document.documentElement;
    const root = html.dataset["root"] ?? "";
    const dialog = find(document, "dialog#search");
    let loading;
    const load = () => loading ?? (loading = loadScript(html.dataset["assets"] + "search.js").then(
      () => window.waymark?.finder ?? Promise.reject(new Error("search.js"))
    ));
    const asked = html.dataset["kind"] === "index" ? new URLSearchParams(location.search).get("q") : null;
    const main = document.getElementById("main");
    if (asked !== null && main)
      void load().then(
        (s) => s.page(main, asked, root, app2.say),
        () => void 0
      );
    if (dialog && typeof dialog.showModal === "function")
      wakeDialog(dialog, () => load().then((s) => s.dialog(dialog, root, app2.say)), app2.say);
  }
  function wakeDialog(dialog, load, say) {
    const field = find(dialog, "[role=combobox]");
    const status = find(dialog, "[data-search-status]");
    if (!field) return;
    let loaded = false;
    const open = () => {
      if (dialog.open) return;
      dialog.showModal();
      field.focus();
      field.select();
      if (loaded) return;
      loaded = true;
      load().catch(() => {
        loaded = false;
        if (status) status.textContent = say("search.broken");
      });
    };
    for (const link2 of all(document, "a[data-search]")) {
      const b = document.createElement("button");
      b.type = "button";
      b.className = link2.className;
      b.dataset["search"] = "";
      b.setAttribute("aria-haspopup", "dialog");
      b.append(...link2.childNodes);
      b.addEventListener("click", open);
      link2.replaceWith(b);
    }
    find(dialog, "[data-close]")?.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (e) => e.target === dialog && dialog.close());
    const slash = dialog.dataset["slash"] !== "off";
    document.addEventListener("keydown", (e) => {
      if (e.defaultPrevented || e.altKey || e.isComposing) return;
      const command = (e.ctrlKey || e.metaKey) && !e.shiftKey && e.key.toLowerCase() === "k";
      const plain = slash && e.key === "/" && !e.ctrlKey && !e.metaKey && !typing(e.target);
      if (!command && !plain) return;
      if (plain && find(document, "dialog[open]")) return;
      e.preventDefault();
      open();
    });
  }
  function typing(target) {
    return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
  }

  // tabs/tabs.ts
  var Tabs = class extends HTMLElement {
    connectedCallback() {
      const panels = all(this, ":scope > .tab");
      if (panels.length < 2 || this.classList.contains("tabs-on")) return;
      const list = element("div", "tablist");
      list.setAttribute("role", "tablist");
      const tabs = panels.map((panel, i) => {
        const title = find(panel, ".tab-title");
        const tab = button("tab-button", title?.textContent?.trim() ?? String(i + 1), () => show(i));
        tab.setAttribute("role", "tab");
        tab.id = (title?.id || `${this.id || "tabs"}-${i}`) + ".tab";
        panel.id || (panel.id = tab.id + ".panel");
        tab.setAttribute("aria-controls", panel.id);
        panel.setAttribute("role", "tabpanel");
        panel.setAttribute("aria-labelledby", tab.id);
        panel.tabIndex = 0;
        return tab;
      });
      const show = (n) => {
        panels.forEach((panel, i) => {
          panel.classList.toggle("tab-off", i !== n);
          tabs[i].setAttribute("aria-selected", String(i === n));
          tabs[i].tabIndex = i === n ? 0 : -1;
        });
      };
      list.addEventListener("keydown", (e) => {
        const now = tabs.findIndex((t) => t.tabIndex === 0);
        const forward = getComputedStyle(this).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
        const backward = forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
        const to = { [forward]: now + 1, [backward]: now - 1, Home: 0, End: tabs.length - 1 }[e.key];
        if (to === void 0) return;
        e.preventDefault();
        const n = (to + tabs.length) % tabs.length;
        show(n);
        tabs[n].focus();
      });
      list.append(...tabs);
      this.prepend(list);
      this.classList.add("tabs-on");
      show(0);
    }
  };

  // boot.ts
  function boot() {
    if (window.waymark) return window.waymark.app ?? null;
    const door = {
      site: (data) => door.loaded = data,
      answers: (html) => document.getElementById("main")?.append(...new DOMParser().parseFromString(html, "text/html").body.childNodes)
    };
    window.waymark = door;
    customElements.define("waymark-tabs", Tabs);
    wakeShell();
    const page = pageData();
    if (!page) return null;
    const language = document.documentElement.lang;
    const say = wordsOf(page.strings, language);
    const now = () => momentOf(Date.now());
    const notice = (text) => {
      const box = find(document, "[data-update]");
      if (box) box.textContent = text;
    };
    const store = new Store({
      site: page.site,
      storage: storage(),
      now,
      random: () => crypto.getRandomValues(new Uint32Array(1))[0],
      trouble: (what) => once(what, () => notice(say(what === "denied" ? "memory" : what)))
    });
    let loading;
    const app2 = {
      page,
      store,
      say,
      language,
      now,
      notice,
      load: (name) => loadScript(document.documentElement.dataset["assets"] + name),
      site: () => loading ?? (loading = loadScript(page.root + page.data).then(() => door.loaded ?? Promise.reject(new Error(page.data)))),
      tell: (...events) => events.forEach((e) => tell(app2, e))
    };
    door.app = app2;
    addEventListener("storage", (e) => store.changed(e.key));
    document.addEventListener("waymark", (e) => tell(app2, e.detail));
    wakeSearch(app2);
    wakeOffline(app2);
    return app2;
  }
  function storage() {
    try {
      return window.localStorage;
    } catch {
      return null;
    }
  }
  function once(what, say) {
    try {
      const key = "waymark:told:" + what;
      if (sessionStorage.getItem(key)) return;
      sessionStorage.setItem(key, "1");
    } catch {
    }
    say();
  }
  function tell(app2, e) {
    const events = [e];
    const check = e.do === "answered" ? checkOf(app2.page.modules ?? [], e.id) : void 0;
    if (e.do === "answered" && check) {
      const p = app2.store.get();
      const next2 = step(check, own(p.answers, e.id), own(p.review, e.id), e.s >= 1, app2.now().slice(0, 10));
      if (next2) events.push({ do: "reviewed", id: e.id, ...next2 });
    }
    app2.store.tell(...events);
  }

  // path/minutes.ts
  function minutes(say, n) {
    const h = Math.floor(n / 60);
    const min = n % 60;
    if (h === 0) return say("minutes", min);
    return min === 0 ? say("hours", h) : say("hours.minutes", h, min);
  }
  function minutesLeft(say, from, to) {
    const round = (n) => n <= 10 ? n : Math.round(n / 5) * 5;
    const [a, b] = [round(from), round(to)];
    return a === b || a === 0 ? say("path.left", minutes(say, b)) : say("path.leftrange", minutes(say, a), minutes(say, b));
  }

  // path/panel.ts
  function titleOf(app2, stop) {
    return stop.title || app2.say("path.review");
  }
  function showPanel(app2, panel, path, w) {
    const { say } = app2;
    const words = say.count("path.count", w.of, w.done);
    const text = find(panel, "[data-progress-text]");
    const left = w.left[1] > 0 ? " · " + minutesLeft(say, ...w.left) : "";
    if (text) text.textContent = w.finished ? say("path.finished") : w.started ? words + left : text.textContent;
    const bar = find(panel, "[data-progress]");
    if (bar) {
      bar.max = w.of || 1;
      bar.value = w.done;
    }
    const link2 = find(panel, "[data-continue]");
    if (!link2) return;
    link2.href = app2.page.root + (w.next?.url || path.url);
    const label = find(link2, "span") ?? link2;
    label.textContent = w.next ? w.started ? say("path.continue", titleOf(app2, w.next)) : say("path.start") : say("path.again");
  }

  // path/ground.ts
  function pathGround(path, c, p) {
    const stops = path.stages.flatMap((s) => s.items);
    const required = new Set(stops.filter((s) => ["module", "session", "form"].includes(s.item)).map((s) => s.id));
    const mentioned = new Set(stops.flatMap((s) => [s.id, ...(s.from ?? []).map((f) => f.id)]));
    const within = (ids) => c.modules.filter((m) => ids.has(m.id));
    return {
      mark: markKey.path(path.id),
      modules: within(required),
      reflections: within(mentioned),
      check: (id) => checkOf(c.modules, id),
      milestone: (id) => path.stages.some((s) => s.milestone?.id === id && milestoneReached(path, s, c, p)),
      stage: (id) => path.stages.some((s) => s.id === id && stageDone(s, c, p))
    };
  }
  function milestoneReached(path, stage, c, p) {
    const m = stage.milestone;
    return !!m && (marked(p, markKey.milestone(path.id, m.id)) || m.confirm === "rule" && stageDone(stage, c, p));
  }
  function stageDone(stage, c, p) {
    return stage.items.every((item) => item.item === "optional" || stopDone(item, c, p));
  }
  function stopDone(stop, c, p) {
    if (stop.testOut && passed(checkOf(c.modules, stop.testOut), stop.testOut, p)) return true;
    switch (stop.item) {
      case "choose":
        return (stop.from ?? []).filter((f) => stopDone(f, c, p)).length >= (stop.choose ?? 1);
      case "quiz":
        return passed(checkOf(c.modules, stop.id), stop.id, p, stop.pass);
      case "reflection":
        return answered(p, stop.id);
      case "review":
        return cards(p) >= (stop.cards ?? 1);
      case "session":
        return held(stop.id, stop.repeat ?? 1, p) >= (stop.repeat ?? 1);
      case "form":
        return marked(p, markKey.module(stop.id)) || formDone(stop.id, stop.done, p) || stop.done !== "signed" && moduleDone(p, stop.id) !== null;
      default:
        return moduleDone(p, stop.id) !== null;
    }
  }
  function pathDone(path, c, p) {
    return !!own(p.paths, path.id)?.done || marked(p, markKey.path(path.id)) || holds(path.rule, pathGround(path, c, p), p);
  }

  // path/path.ts
  function walk(path, c, p) {
    const w = {
      stops: [],
      done: 0,
      of: 0,
      left: [0, 0],
      next: null,
      stages: [],
      finished: pathDone(path, c, p),
      started: false,
      chosen: false
    };
    w.chosen = !!own(p.paths, path.id)?.started || own(p.marks, markKey.way())?.v === path.id;
    w.started = w.chosen;
    const byID = new Map(path.stages.map((s) => [s.id, s]));
    for (const stage of path.stages) {
      const before = (stage.after ?? []).flatMap((id) => byID.get(id) ?? []).filter((s) => !stageDone(s, c, p));
      const done = stageDone(stage, c, p);
      w.stages.push({ stage, done, before, reached: milestoneReached(path, stage, c, p) });
      for (const stop of stage.items) walkStop(w, stop, stop.item !== "optional", c, p);
    }
    const here = w.next && w.stops.find((s) => s.stop === w.next);
    if (here && w.started) here.here = true;
    return w;
  }
  function ofLearner(walks) {
    const chosen = walks.filter(({ w }) => w.chosen);
    if (chosen.length > 0) return chosen;
    return walks.filter(({ w }) => w.started).sort((a, b) => b.w.done - a.w.done).slice(0, 1);
  }
  function walkStop(w, stop, counts, c, p) {
    const done = stopDone(stop, c, p);
    const meetings = stop.item === "session" ? held(stop.id, stop.repeat ?? 1, p) : 0;
    const module = c.modules.find((m) => m.id === stop.id);
    const begun = meetings > 0 || !!own(p.modules, stop.id)?.read || !!module?.checks?.some((k) => answered(p, k.id));
    w.stops.push({ stop, done, begun, here: false, held: meetings });
    if (done || begun) w.started = true;
    if (counts) {
      w.of++;
      if (done) w.done++;
      else {
        const [from, to] = timeOf(stop, c, p);
        w.left = [w.left[0] + from, w.left[1] + to];
      }
    }
    for (const f of stop.from ?? []) walkStop(w, f, false, c, p);
    if (counts && !done && !w.next) w.next = stop.item === "choose" ? (stop.from ?? []).find((f) => !stopDone(f, c, p)) ?? stop : stop;
  }
  function timeOf(stop, c, p) {
    if (stop.item !== "choose") return stop.minutes ?? [0, 0];
    const open = (stop.from ?? []).filter((f) => !stopDone(f, c, p));
    const more = Math.max(0, (stop.choose ?? 1) - ((stop.from?.length ?? 0) - open.length));
    const sum = (list) => list.slice(0, more).reduce((a, b) => a + b, 0);
    return [sum(open.map((f) => f.minutes?.[0] ?? 0).sort((a, b) => a - b)), sum(open.map((f) => f.minutes?.[1] ?? 0).sort((a, b) => b - a))];
  }

  // progress/charts.ts
  var SVG = "http://www.w3.org/2000/svg";
  function shape(name, attributes) {
    const e = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, String(value));
    return e;
  }
  function drawing(width, height, label) {
    const svg = shape("svg", {
      viewBox: `0 0 ${width} ${height}`,
      width: "100%",
      class: "chart",
      role: "img",
      fill: "currentColor",
      stroke: "none"
    });
    svg.setAttribute("aria-label", label);
    svg.style.maxWidth = width + "px";
    return svg;
  }
  var LINE = { class: "chart-line", stroke: "currentColor", "stroke-opacity": 0.3 };
  function bars(label, shares) {
    const svg = drawing(320, 12 + shares.length * 28, label);
    for (let q = 0; q <= 4; q++) svg.append(shape("path", { d: `M${10 + q * 75} 4v${shares.length * 28 + 4}`, ...LINE }));
    shares.forEach(
      (share3, i) => svg.append(
        shape("rect", { x: 10, y: 10 + i * 28, width: Math.max(2, Math.round(share3 * 300)), height: 20, rx: 3, class: "chart-bar" })
      )
    );
    return svg;
  }
  function pairs(label, points, list) {
    const svg = drawing(320, 12 + list.length * 28, label);
    const x = (p) => 15 + (points > 1 ? p * 290 / (points - 1) : 0);
    for (let p = 0; p < points; p++) svg.append(shape("path", { d: `M${x(p)} 4v${list.length * 28 + 4}`, ...LINE }));
    list.forEach(({ before, after: after2 }, i) => {
      const y = 20 + i * 28;
      if (before !== null && after2 !== null)
        svg.append(shape("path", { d: `M${x(before)} ${y}H${x(after2)}`, class: "chart-way", stroke: "currentColor", "stroke-width": 3 }));
      if (before !== null)
        svg.append(
          shape("circle", { cx: x(before), cy: y, r: 7, class: "chart-before", fill: "none", stroke: "currentColor", "stroke-width": 2.5 })
        );
      if (after2 !== null) svg.append(shape("circle", { cx: x(after2), cy: y, r: 7, class: "chart-after" }));
    });
    return svg;
  }
  function table(caption, heads, rows) {
    const box = element("div", "tablewrap");
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", caption);
    const t = element("table");
    t.append(element("caption", "", caption));
    const head = t.createTHead().insertRow();
    for (const h of heads) {
      const th = element("th", "", h);
      th.scope = "col";
      head.append(th);
    }
    const body = t.createTBody();
    for (const row of rows) {
      const tr = body.insertRow();
      row.forEach((cell, i) => {
        const td = element(i === 0 ? "th" : "td");
        if (i === 0) td.scope = "row";
        td.append(cell);
        tr.append(td);
      });
    }
    box.append(t);
    return box;
  }

  // progress/numbers.ts
  function calibration(p, site) {
    const levels = [1, 2, 3].map((level) => ({ level, right: 0, of: 0 }));
    for (const check of checksOf(site)) {
      const first = own(p.answers, check.id)?.first;
      const at = first?.sure && levels[first.sure - 1];
      if (!at) continue;
      at.of++;
      if (first.s >= 1) at.right++;
    }
    return levels;
  }
  function ratings(p, site) {
    const all2 = checksOf(site).filter((c) => c.type === "rating");
    const pairs2 = [];
    for (const check of all2.filter((c) => !c.same)) {
      const later = all2.find((c) => c.same === check.id);
      const before = pointOf(p, check.id);
      const after2 = later ? pointOf(p, later.id) : null;
      if (before !== null || after2 !== null) pairs2.push({ check, scale: check.scale ?? [], before, after: after2 });
    }
    return pairs2;
  }
  function pointOf(p, id) {
    const v = own(p.answers, id)?.last?.v[0];
    return v === void 0 ? null : Number(v);
  }
  function checksOf(site) {
    return site.modules.flatMap((m) => m.checks ?? []);
  }

  // progress/element.ts
  function wakeProgress(app2) {
    const root = find(document, "waymark-progress");
    if (!root) return;
    app2.site().then(
      (site) => {
        const show = () => showAll(app2, root, site);
        show();
        app2.store.watch(show);
        loadData(app2, root, site);
      },
      () => app2.notice(app2.say("progress.broken"))
    );
  }
  function loadData(app2, root, site) {
    let loading;
    const load = () => loading ?? (loading = app2.load("data.js").then(
      () => window.waymark?.data?.(app2, root, site),
      () => app2.notice(app2.say("progress.broken"))
    ));
    if (location.hash.startsWith("#r=")) void load();
    addEventListener("hashchange", () => void load());
    const section = find(root, "[data-part=data]");
    const first = (e) => {
      const pressed = e.target.closest("button");
      if (!pressed || window.waymark?.data) return;
      e.preventDefault();
      void load().then(() => pressed.click());
    };
    root.addEventListener("click", (e) => e.target.closest("[data-part=data] button, [data-dates]") && first(e));
    const input = find(section ?? root, "input[data-read]");
    input?.addEventListener("change", () => window.waymark?.data || void load().then(() => input.dispatchEvent(new Event("change"))));
    remind(app2, root);
  }
  function remind(app2, root) {
    if (isEmpty(app2.store.get())) return;
    try {
      const kept = localStorage.getItem(keptKey(app2.page.site));
      if (kept && Date.parse(app2.now().slice(0, 10)) - Date.parse(kept) < 14 * 864e5) return;
    } catch {
      return;
    }
    find(root, "[data-keep]")?.parentElement?.before(element("p", "meta", app2.say("progress.remind")));
  }
  function showAll(app2, root, site) {
    const p = app2.store.get();
    const empty2 = find(root, "[data-empty]");
    if (empty2) empty2.hidden = !isEmpty(p);
    document.documentElement.classList.toggle("has-progress", !isEmpty(p));
    const walks = site.paths.map((path) => ({ path, w: walk(path, site, p) }));
    const mine = ofLearner(walks);
    part(root, "next", next(app2, mine));
    for (const { path, w } of walks) {
      const panel = all(root, "[data-part=paths] [data-path]").find((e) => e.dataset["path"] === path.id);
      if (!panel) continue;
      panel.hidden = !mine.some((x) => x.path === path);
      showPanel(app2, panel, path, w);
    }
    const paths = find(root, "[data-part=paths]");
    if (paths) paths.hidden = mine.length === 0;
    part(root, "review", review(app2, site, p));
    part(root, "notes", notes(app2, site, p));
    part(root, "reading", reading(app2, site, p));
    part(root, "forms", forms(app2, site, p));
    part(root, "sure", sure(app2, site, p));
    if (!find(root, "[data-part=ratings]")) find(root, "[data-part=sure]")?.after(ratingsPart(app2));
    part(root, "ratings", rated(app2, site, p));
  }
  function ratingsPart(app2) {
    const section = element("section");
    section.dataset["part"] = "ratings";
    section.setAttribute("aria-labelledby", "progress.ratings");
    const head = element("h2", "", app2.say("progress.ratings"));
    head.id = "progress.ratings";
    const list = element("div");
    list.dataset["list"] = "";
    section.append(head, list);
    return section;
  }
  function part(root, name, content) {
    const section = find(root, `[data-part=${name}]`);
    if (!section) return;
    section.hidden = content.length === 0;
    (find(section, "[data-list]") ?? section).replaceChildren(...content);
  }
  function link(app2, url, text, className = "") {
    const a = element("a", className, text);
    a.href = app2.page.root + url;
    return a;
  }
  function next(app2, walks) {
    return walks.flatMap(({ path, w }) => {
      if (!w.next) return [];
      const p = element("p", "row");
      p.append(
        link(app2, w.next.url || path.url, app2.say("path.continue", titleOf(app2, w.next)), "btn"),
        " ",
        element("span", "meta", path.title)
      );
      return [p];
    });
  }
  function review(app2, site, p) {
    const checks = checksOf(site);
    const day2 = app2.now().slice(0, 10);
    const cards2 = checks.map((c) => own(p.review, c.id)).filter((c) => c !== void 0);
    if (cards2.length === 0) return [];
    const list = today(p, checks, day2);
    const where = moduleByCheck(site);
    const out = [];
    if (list.length === 0) {
      const waiting = due(p, checks, day2).length > 0;
      const first = cards2.map((c) => c.due).sort()[0];
      out.push(element("p", "", waiting ? app2.say("progress.enough") : app2.say("progress.due.none", dayIn(app2, first))));
    } else {
      out.push(element("p", "", app2.say.count("progress.due", list.length)));
      const urls = list.map((d, i) => `${app2.page.root}${where.get(d.check.id).url}?review=${i + 1}#${encodeURIComponent(d.check.id)}`);
      const start = element("a", "btn", app2.say("progress.start"));
      start.href = urls[0];
      start.addEventListener("click", () => {
        try {
          sessionStorage.setItem(queueKey(app2.page.site), JSON.stringify(urls.slice(1).map((u) => new URL(u, location.href).href)));
        } catch {
        }
      });
      const ul = element("ul", "cardlist");
      list.forEach((d, i) => {
        const a = element("a", "", d.check.title || where.get(d.check.id).title);
        a.href = urls[i];
        const li = element("li");
        li.append(a, " ", element("span", "meta", app2.say("progress.why." + d.why)));
        ul.append(li);
      });
      const row2 = element("p");
      row2.append(start);
      out.push(row2, ul);
    }
    const dates = element("button", "btn quiet", app2.say("progress.dates"));
    dates.type = "button";
    dates.dataset["dates"] = "";
    const row = element("p");
    row.append(dates);
    out.push(row);
    return out;
  }
  function moduleByCheck(site) {
    return new Map(site.modules.flatMap((m) => (m.checks ?? []).map((c) => [c.id, m])));
  }
  function notes(app2, site, p) {
    const where = moduleByCheck(site);
    const known = checksOf(site).filter((c) => c.type === "reflection");
    const keys = Object.keys(p.notes).filter((k) => !k.includes(":") && p.notes[k].text.trim() !== "");
    const order2 = (id) => known.findIndex((c) => c.id === id);
    const rank = (id) => order2(id) < 0 ? known.length : order2(id);
    keys.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
    return keys.map(
      (id) => note(
        app2,
        known.find((c) => c.id === id),
        where.get(id),
        p.notes[id],
        id
      )
    );
  }
  function note(app2, check, module, n, id) {
    const box = element("article", "panel2 entry");
    const head = element("h3");
    if (check && module) head.append(link(app2, `${module.url}#${encodeURIComponent(id)}`, check.title || module.title));
    else head.textContent = id;
    const meta = [app2.say("progress.note.on", dayIn(app2, n.at)), ...module ? [module.title] : [app2.say("progress.gone")]].join(" · ");
    const text = typed(n.text);
    box.classList.toggle("gone", !check);
    box.append(head, element("p", "meta", meta), text);
    return box;
  }
  function typed(text) {
    const p = element("p", "own");
    p.dir = "auto";
    text.split("\n").forEach((line, i) => p.append(...i > 0 ? [element("br")] : [], line));
    return p;
  }
  function reading(app2, site, p) {
    return site.modules.flatMap((m) => {
      const items = m.items ?? [];
      const done = items.filter((i) => marked(p, markKey.item(m.id, i.id)));
      const noted = items.filter((i) => own(p.notes, noteKey.item(m.id, i.id))?.text.trim());
      if (done.length === 0 && noted.length === 0) return [];
      const box = element("article", "panel2");
      const head = element("h3");
      head.append(link(app2, m.url, m.title));
      box.append(head, element("p", "meta", app2.say.count("reading.count", items.length, done.length)));
      for (const i of noted) {
        box.append(element("p", "nt", i.title), typed(p.notes[noteKey.item(m.id, i.id)].text));
      }
      return [box];
    });
  }
  function forms(app2, site, p) {
    return site.modules.flatMap((m) => {
      if (m.kind !== "form") return [];
      const typed2 = Object.keys(p.notes).some((k) => k.startsWith(noteKey.field(m.id, "")) && p.notes[k].text.trim() !== "");
      const signed = marked(p, markKey.signed(m.id));
      if (!typed2 && !signed) return [];
      const row = element("p", "row");
      const state = signed ? app2.say("form.signed", dayIn(app2, own(p.marks, markKey.signed(m.id)).at)) : app2.say(marked(p, markKey.filled(m.id)) ? "progress.filled" : "state.started");
      row.append(link(app2, m.url, m.title), " ", element("span", "meta", state));
      return [row];
    });
  }
  function sure(app2, site, p) {
    const levels = calibration(p, site);
    if (levels.every((l) => l.of === 0)) return [];
    const name = (level) => app2.say("progress.sure." + level);
    const words = levels.map((l) => app2.say("progress.sure.row", name(l.level), l.right, l.of));
    const share3 = (l) => l.of ? l.right / l.of : 0;
    const rows = levels.map((l) => [name(l.level), String(l.right), String(l.of)]);
    const heads = [app2.say("progress.sure.level"), app2.say("progress.sure.right"), app2.say("progress.sure.of")];
    return [bars(words.join(". "), levels.map(share3)), table(app2.say("progress.sure.caption"), heads, rows)];
  }
  function rated(app2, site, p) {
    const list = ratings(p, site);
    if (list.length === 0) return [];
    const words = (scale, n) => n === null ? "–" : scale[n] ? `${n + 1}: ${scale[n]}` : String(n + 1);
    const title = (c) => c.title || c.id;
    const rows = list.map((r) => [title(r.check), words(r.scale, r.before), words(r.scale, r.after)]);
    const label = list.map((r) => `${title(r.check)} ${r.before === null ? "–" : r.before + 1} → ${r.after === null ? "–" : r.after + 1}`).join(". ");
    const points = Math.max(2, ...list.map((r) => r.scale.length));
    const heads = [app2.say("progress.ratings.what"), app2.say("progress.ratings.before"), app2.say("progress.ratings.after")];
    return [pairs(label, points, list), table(app2.say("progress.ratings.caption"), heads, rows)];
  }

  // progress/main.ts
  var app = boot();
  if (app) wakeProgress(app);
})();
