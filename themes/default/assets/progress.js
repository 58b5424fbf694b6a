/* Waymark. Built from themes/default/src/progress/main.ts by internal/tools/bundle. src: sha256-3a592966665a2243f2e9445cd153a3409ccf00435a932a7a03229a4296fa110a */
"use strict";
(() => {
  // page.ts
  function find(root, selector) {
    return root.querySelector(selector);
  }
  function all(root, selector) {
    return Array.from(root.querySelectorAll(selector));
  }
  function dayIn(about, moment) {
    try {
      return new Intl.DateTimeFormat(about.language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(moment.slice(0, 10)));
    } catch {
      return moment.slice(0, 10);
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
  function isEmpty(p) {
    return [p.paths, p.modules, p.answers, p.review, p.notes, p.marks].every((part) => Object.keys(part).length === 0);
  }
  function own(record, key) {
    return Object.prototype.hasOwnProperty.call(record, key) ? record[key] : void 0;
  }
  function marked(p, key) {
    const m = own(p.marks, key);
    return !!m && m.v !== false;
  }
  function moduleDone(p, id) {
    const rule = own(p.modules, id)?.done;
    const mark = own(p.marks, markKey.module(id));
    if (mark && mark.v !== false) return rule && rule <= mark.at.slice(0, 10) ? { day: rule, how: "rule" } : { day: mark.at.slice(0, 10), how: "manual" };
    if (mark && rule && rule <= mark.at.slice(0, 10)) return null;
    return rule ? { day: rule, how: "rule" } : null;
  }

  // form/form.ts
  function wakeForms(app2) {
    for (const sheet of all(document, "[data-form]")) wakeForm(app2, sheet);
  }
  function wakeForm(app2, sheet) {
    const form = sheet.dataset["form"];
    const stores = sheet.dataset["store"] !== "none";
    const fields = fieldsOf(sheet);
    const status = find(document, "[data-form-status]");
    const say = (key, ...args) => {
      if (status) status.textContent = app2.say(key, ...args);
    };
    const kept = (f) => own(app2.store.get().notes, noteKey.field(form, f.id))?.text ?? "";
    const keep = () => {
      if (!stores) return;
      const events = [];
      for (const f of fields) {
        const text = textOf(f);
        if (text !== kept(f)) events.push({ do: "noted", key: noteKey.field(form, f.id), text });
      }
      const filled = isFilled(fields);
      if (filled !== marked(app2.store.get(), markKey.filled(form))) events.push({ do: "marked", key: markKey.filled(form), v: filled });
      if (events.length === 0) return;
      app2.store.tell(...events);
      say("form.saved");
    };
    sheet.addEventListener("change", keep);
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep());
    const signed = find(document, "[data-signed]");
    signed?.addEventListener("change", () => {
      app2.tell({ do: "marked", key: markKey.signed(form), v: signed.checked });
      if (signed.checked) say("form.signed", dayIn(app2, app2.now()));
      else say("form.unsigned");
    });
    find(document, "[data-clear]")?.addEventListener("click", () => {
      for (const f of fields) write(f, "");
      const events = fields.filter((f) => kept(f) !== "").map((f) => ({ do: "noted", key: noteKey.field(form, f.id), text: "" }));
      if (marked(app2.store.get(), markKey.filled(form))) events.push({ do: "marked", key: markKey.filled(form), v: false });
      if (events.length > 0) app2.store.tell(...events);
      say("form.cleared");
    });
    const show = () => {
      if (stores) {
        for (const f of fields) if (!f.controls.includes(document.activeElement)) write(f, kept(f));
      }
      if (signed) signed.checked = marked(app2.store.get(), markKey.signed(form));
    };
    show();
    app2.store.watch(show);
  }
  function fieldsOf(sheet) {
    const byID = /* @__PURE__ */ new Map();
    for (const c of all(sheet, "input, textarea, select")) {
      const box = c instanceof HTMLInputElement && (c.type === "checkbox" || c.type === "radio");
      const id = c.dataset["field"] ?? (box ? c.name : "");
      if (!id || "signed" in c.dataset) continue;
      const f = byID.get(id);
      if (f) f.controls.push(c);
      else byID.set(id, { id, required: c.required || c.getAttribute("aria-required") === "true", controls: [c] });
    }
    return [...byID.values()];
  }
  function isBox(c) {
    return c instanceof HTMLInputElement && (c.type === "checkbox" || c.type === "radio");
  }
  function textOf(f) {
    return f.controls.flatMap((c) => isBox(c) ? c.checked ? [c.value] : [] : [c.value]).join("\n");
  }
  function write(f, text) {
    const lines = text.split("\n");
    for (const c of f.controls) {
      if (isBox(c)) c.checked = lines.includes(c.value);
      else c.value = text;
    }
  }
  function isFilled(fields) {
    const required = fields.filter((f) => f.required);
    const has = (f) => textOf(f).trim() !== "";
    return required.length > 0 ? required.every(has) : fields.some(has);
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
    let count = 0;
    for (let i = 1; i <= n; i++) if (marked(p, markKey.session(id, i))) count++;
    return count;
  }
  function cards(p) {
    return Object.values(p.review).reduce((sum, card) => sum + card.n, 0);
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
        return moduleDone(p, stop.id) !== null || !!stop.done && formDone(stop.id, stop.done, p);
      default:
        return moduleDone(p, stop.id) !== null;
    }
  }
  function pathDone(path, c, p) {
    return !!own(p.paths, path.id)?.done || marked(p, markKey.path(path.id)) || holds(path.rule, pathGround(path, c, p), p);
  }

  // path/path.ts
  function walk(path, c, p) {
    const w = { stops: [], done: 0, of: 0, left: [0, 0], next: null, stages: [], finished: pathDone(path, c, p), started: false };
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
  function walkStop(w, stop, counts, c, p) {
    const done = stopDone(stop, c, p);
    w.stops.push({ stop, done, here: false, held: stop.item === "session" ? held(stop.id, stop.repeat ?? 1, p) : 0, open: !done });
    if (done) w.started = true;
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

  // home/home.ts
  function wakeHome(app2) {
    const resume = find(document, "waymark-resume");
    const cards2 = all(document, ".card[data-path]");
    if (!resume && cards2.length === 0 || isEmpty(app2.store.get())) return;
    const show = async () => {
      const site = await app2.site();
      const p = app2.store.get();
      document.documentElement.classList.toggle("has-progress", !isEmpty(p));
      const way = own(p.marks, markKey.way())?.v;
      const walks = site.paths.map((path2) => ({ path: path2, w: walk(path2, site, p) }));
      for (const card of cards2) {
        const found = walks.find((x) => x.path.id === card.dataset["path"]);
        const text2 = find(card, "[data-progress-text]");
        if (!found || !text2) continue;
        text2.hidden = !found.w.started;
        text2.textContent = app2.say.count("path.count", found.w.of, found.w.done);
      }
      const now = walks.find((x) => x.path.id === way) ?? walks.find((x) => x.w.started && !x.w.finished) ?? walks[0];
      if (!resume || !now) return;
      const { path, w } = now;
      const text = find(resume, "[data-progress-text]");
      if (text) text.textContent = `${path.title}: ${app2.say.count("path.count", w.of, w.done)}${w.next ? " · " + minutesLeft(app2.say, ...w.left) : ""}`;
      const bar = find(resume, "[data-progress]");
      if (bar) {
        bar.max = w.of || 1;
        bar.value = w.done;
        bar.setAttribute("aria-label", app2.say.count("path.count", w.of, w.done));
      }
      const link = find(resume, "[data-continue]");
      if (!link) return;
      link.href = app2.page.root + (w.next?.url || path.url);
      const words = find(link, "span") ?? link;
      words.textContent = w.next?.title ? app2.say("path.continue", w.next.title) : app2.say("path.finished");
    };
    show().then(
      () => app2.store.watch(() => void show()),
      () => void 0
    );
  }

  // reading/reading.ts
  function wakeReading(app2) {
    const module = find(document, "main")?.dataset["module"] ?? app2.page.id;
    const books = all(document, "[data-reading]");
    if (books.length === 0) return;
    for (const book of books) {
      const item = book.dataset["reading"];
      const tick = find(book, "[data-read-tick]");
      tick?.addEventListener("change", () => app2.tell({ do: "marked", key: markKey.item(module, item), v: tick.checked }));
      const note = find(book, "textarea[data-note]");
      const keep = () => {
        const key = noteKey.item(module, item);
        if (note && note.value !== (own(app2.store.get().notes, key)?.text ?? "")) app2.tell({ do: "noted", key, text: note.value });
      };
      note?.addEventListener("change", keep);
      document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep());
    }
    const show = () => {
      const p = app2.store.get();
      for (const book of books) {
        const item = book.dataset["reading"];
        const tick = find(book, "[data-read-tick]");
        const done = marked(p, markKey.item(module, item));
        if (tick) tick.checked = done;
        book.classList.toggle("done", done);
        const note = find(book, "textarea[data-note]");
        if (note && document.activeElement !== note) note.value = own(p.notes, noteKey.item(module, item))?.text ?? "";
      }
    };
    show();
    app2.store.watch(show);
  }

  // progress/main.ts
  var app = window.waymark?.app;
  if (app) {
    wakeForms(app);
    wakeReading(app);
    wakeHome(app);
  }
})();
