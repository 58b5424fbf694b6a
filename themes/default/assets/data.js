/* Waymark. Built from themes/default/src/progress/data.main.ts by internal/tools/bundle. src: sha256-c438ce3587a0f9088f34c05a475443050f2d18e7029a862e6a19c4f25c84535a */
"use strict";
(() => {
  // page.ts
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
  var keptKey = (site) => `waymark:${site}:kept`;
  function empty() {
    return { paths: {}, modules: {}, answers: {}, review: {}, notes: {}, marks: {} };
  }
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
    if (mark && mark.v !== false)
      return rule && rule <= mark.at.slice(0, 10) ? { day: rule, how: "rule" } : { day: mark.at.slice(0, 10), how: "manual" };
    if (mark && rule && rule <= mark.at.slice(0, 10)) return null;
    return rule ? { day: rule, how: "rule" } : null;
  }

  // review/schedule.ts
  var DAYS = [1, 3, 7, 21, 60];
  function addDays(day2, n) {
    return new Date(Date.parse(day2 + "T00:00:00Z") + n * 864e5).toISOString().slice(0, 10);
  }

  // review/calendar.ts
  function calendar(p, checks, today2, now, words) {
    const days = /* @__PURE__ */ new Map();
    for (const check of checks) {
      const card = own(p.review, check.id);
      if (!card || !check.deck) continue;
      const day2 = card.due < today2 ? today2 : card.due;
      days.set(day2, (days.get(day2) ?? 0) + 1);
    }
    const stamp = now.replace(/[-:]/g, "");
    const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Waymark//Review//EN", "CALSCALE:GREGORIAN"];
    for (const [day2, n] of [...days].sort(([a], [b]) => a < b ? -1 : 1)) {
      const date = (d) => d.replace(/-/g, "");
      lines.push(
        "BEGIN:VEVENT",
        `UID:review-${day2}@${words.site}.waymark`,
        "DTSTAMP:" + stamp,
        "DTSTART;VALUE=DATE:" + date(day2),
        "DTEND;VALUE=DATE:" + date(addDays(day2, 1)),
        "SUMMARY:" + escape(words.title(n)),
        ...words.url ? ["URL:" + words.url] : [],
        "TRANSP:TRANSPARENT",
        "END:VEVENT"
      );
    }
    lines.push("END:VCALENDAR");
    return lines.map(fold).join("\r\n") + "\r\n";
  }
  function escape(text) {
    return text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");
  }
  function fold(line) {
    let out = "";
    let width = 0;
    for (const c of line) {
      const bytes = new TextEncoder().encode(c).length;
      if (width + bytes > 75) {
        out += "\r\n ";
        width = 1;
      }
      out += c;
      width += bytes;
    }
    return out;
  }

  // progress/charts.ts
  var SVG = "http://www.w3.org/2000/svg";
  function shape(name, attributes) {
    const e = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, String(value));
    return e;
  }
  function qrDrawing(grid, label) {
    const n = grid.length + 8;
    const svg = shape("svg", { viewBox: `0 0 ${n} ${n}`, width: "100%", class: "qr", role: "img", "shape-rendering": "crispEdges" });
    svg.setAttribute("aria-label", label);
    svg.style.maxWidth = n * 4 + "px";
    let d = "";
    grid.forEach((row, y) => row.forEach((dark, x) => dark && (d += `M${x + 4} ${y + 4}h1v1h-1z`)));
    svg.append(shape("rect", { width: n, height: n, fill: "#fff" }), shape("path", { d, fill: "#000" }));
    return svg;
  }

  // progress/migrate.ts
  var FORMAT = "waymark-progress";
  var VERSION = 1;
  var steps = {};
  function migrate(file, table2 = steps, to = VERSION) {
    let version = Number(file["version"]);
    while (version < to) {
      const step = table2[version];
      if (!step) return null;
      file = { ...step(file), version: ++version };
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
      const part = own(file, key);
      if (part === void 0) return;
      if (!isObject(part)) {
        this.dropped++;
        return;
      }
      for (const [id, v] of Object.entries(part)) {
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
      const a = { rev, best: share(v["best"]) ?? 0, tries: count(v["tries"]), hints: count(v["hints"]) };
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
      const s = share(v["s"]);
      const values = v["v"];
      if (!at || s === void 0 || !Array.isArray(values) || values.length > LIMITS.values) return void 0;
      const ok = values.every((x) => typeof x === "number" && Number.isFinite(x) || typeof x === "string" && x.length <= LIMITS.typed);
      if (!ok) return void 0;
      const sure = v["sure"];
      const t = { at, v: values, s };
      if (sure === 1 || sure === 2 || sure === 3) t.sure = sure;
      return t;
    }
    card(v) {
      const due = day(v["due"]);
      const box = v["box"];
      if (!due || typeof box !== "number" || !Number.isInteger(box) || box < 1 || box > 5) return null;
      return { box, due, at: moment(v["at"]) ?? due + "T00:00:00Z", n: count(v["n"]) };
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
  function share(v) {
    return typeof v === "number" && v >= 0 && v <= 1 ? v : void 0;
  }
  function count(v) {
    return typeof v === "number" && Number.isInteger(v) && v >= 0 && v <= 1e6 ? v : 0;
  }

  // progress/import.ts
  var FILE_LIMITS = { length: 5e6, depth: 12 };
  function importText(text, site) {
    if (text.length > FILE_LIMITS.length || depth(text) > FILE_LIMITS.depth) return { refused: "damaged" };
    return fromText(text.replace(/^\ufeff/, ""), site);
  }
  function depth(text) {
    let deepest = 0;
    let now = 0;
    let quoted = false;
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (quoted) {
        if (c === 92) i++;
        else if (c === 34) quoted = false;
      } else if (c === 34) quoted = true;
      else if (c === 123 || c === 91) deepest = Math.max(deepest, ++now);
      else if (c === 125 || c === 93) now--;
    }
    return deepest;
  }

  // progress/rule.ts
  function best(p, id) {
    const a = own(p.answers, id);
    return a ? Math.max(a.best, ...(a.was ?? []).map((old) => old.best)) : 0;
  }
  function answered(p, id) {
    const a = own(p.answers, id);
    return !!a && [a, ...a.was ?? []].some((r) => r.first);
  }

  // progress/link.ts
  var BOXES = DAYS.length + 1;
  function table(site) {
    const cells = [];
    const mark = (key) => cells.push({
      name: "f:" + key,
      radix: 2,
      get: (p) => marked(p, key) ? 1 : 0,
      set: (p, _, day2) => p.marks[key] = { at: startOf(day2), v: true }
    });
    for (const m of site.modules) {
      cells.push({
        name: "m:" + m.id,
        radix: 4,
        get: (p) => (own(p.modules, m.id)?.read ? 1 : 0) + (own(p.modules, m.id)?.done ? 2 : 0),
        set: (p, v, day2) => p.modules[m.id] = { ...v & 1 && { read: day2 }, ...v & 2 && { done: day2 } }
      });
      mark(markKey.module(m.id));
      for (const c of m.checks ?? []) {
        const boxes = c.deck ? BOXES : 1;
        cells.push({
          name: "c:" + c.id,
          radix: 1 + 5 * boxes,
          get: (p) => {
            if (!answered(p, c.id)) return 0;
            const quarters = Math.floor(best(p, c.id) * 4 + 1e-9);
            return 1 + quarters * boxes + (c.deck ? own(p.review, c.id)?.box ?? 0 : 0);
          },
          set: (p, v, day2) => {
            const s = Math.floor((v - 1) / boxes) / 4;
            const box = (v - 1) % boxes;
            p.answers[c.id] = { rev: c.rev, first: { at: endOf(day2), v: [], s }, best: s, tries: 1, hints: 0 };
            if (box > 0) p.review[c.id] = { box, due: addDays(day2, DAYS[box - 1]), at: startOf(day2), n: 0 };
          }
        });
      }
      for (const i of m.items ?? []) mark(markKey.item(m.id, i.id));
      if (m.kind === "form") {
        mark(markKey.filled(m.id));
        mark(markKey.signed(m.id));
      }
    }
    const sessions = /* @__PURE__ */ new Map();
    for (const path of site.paths) {
      cells.push({
        name: "p:" + path.id,
        radix: 4,
        get: (p) => (own(p.paths, path.id)?.started ? 1 : 0) + (own(p.paths, path.id)?.done ? 2 : 0),
        set: (p, v, day2) => p.paths[path.id] = { ...v & 1 && { started: day2 }, ...v & 2 && { done: day2 } }
      });
      for (const stage of path.stages) {
        if (stage.milestone) mark(markKey.milestone(path.id, stage.milestone.id));
        for (const stop of stage.items) if (stop.item === "session") sessions.set(stop.id, Math.max(times(stop), sessions.get(stop.id) ?? 0));
      }
    }
    for (const [id, n] of sessions) for (let i = 1; i <= n; i++) mark(markKey.session(id, i));
    return cells;
  }
  function times(stop) {
    return stop.repeat ?? 1;
  }
  function startOf(day2) {
    return day2 + "T00:00:00Z";
  }
  function endOf(day2) {
    return day2 + "T23:59:59Z";
  }
  var EPOCH = Date.UTC(2020, 0, 1);
  var daysOf = (day2) => Math.round((Date.parse(day2) - EPOCH) / 864e5);
  var dayOf = (n) => new Date(EPOCH + n * 864e5).toISOString().slice(0, 10);
  async function pack(p, site, today2) {
    const cells = table(site);
    let n = 0n;
    for (let i = cells.length - 1; i >= 0; i--) n = n * BigInt(cells[i].radix) + BigInt(cells[i].get(p));
    const number = [];
    for (; n > 0n; n >>= 8n) number.push(Number(n & 255n));
    const build = tableDigest(cells);
    const body = Uint8Array.from([build >> 16, build >> 8 & 255, build & 255, daysOf(today2) >> 8, daysOf(today2) & 255, ...number]);
    const small = await through("CompressionStream", body);
    const use = small && small.length < body.length ? small : body;
    return toBase64(Uint8Array.from([use === body ? 1 : 2, ...use]));
  }
  function write(p, site, today2) {
    const byValue = /* @__PURE__ */ new Map();
    for (const cell of table(site)) {
      const v = cell.get(p);
      if (v > 0) byValue.set(v, (byValue.get(v) ?? "") + short(cell.name));
    }
    const groups = [...byValue].sort(([a], [b]) => a - b).map(([v, names]) => v.toString(36) + names);
    return [daysOf(today2).toString(36), ...groups].join(".");
  }
  function tableDigest(cells) {
    return digest(cells.map((c) => c.name + "/" + c.radix).join("|"));
  }
  async function readLink(text, site) {
    if (text.length > 8e3) return "damaged";
    return text.includes(".") ? readOpen(text, site) : await unpack(text, site);
  }
  function readOpen(text, site) {
    const [day2, ...groups] = text.split(".");
    const on = parseInt(day2, 36);
    if (!/^[0-9a-z]{1,4}$/.test(day2) || !possible(on)) return "damaged";
    const cells = /* @__PURE__ */ new Map();
    for (const cell of table(site)) {
      const name = short(cell.name);
      cells.set(name, cells.has(name) ? null : cell);
    }
    const p = empty();
    for (const group of groups) {
      if (!/^[0-9a-z]([\w-]{4})*$/.test(group)) return "damaged";
      const value = parseInt(group[0], 36);
      for (let i = 1; i < group.length; i += 4) {
        const cell = cells.get(group.slice(i, i + 4));
        if (cell && value > 0 && value < cell.radix) cell.set(p, value, dayOf(on));
      }
    }
    return p;
  }
  async function unpack(text, site) {
    const bytes = fromBase64(text);
    if (!bytes || bytes.length < 6) return "damaged";
    const body = bytes[0] === 1 ? bytes.slice(1) : bytes[0] === 2 ? await through("DecompressionStream", bytes.slice(1)) : null;
    if (!body || body.length < 5) return "damaged";
    const build = body[0] << 16 | body[1] << 8 | body[2];
    const cells = table(site);
    if (build !== tableDigest(cells)) return "build";
    const on = body[3] << 8 | body[4];
    if (!possible(on)) return "damaged";
    let n = 0n;
    for (let i = body.length - 1; i >= 5; i--) n = n << 8n | BigInt(body[i]);
    const p = empty();
    for (const cell of cells) {
      const radix = BigInt(cell.radix);
      const value = Number(n % radix);
      n /= radix;
      if (value > 0) cell.set(p, value, dayOf(on));
    }
    return n === 0n ? p : "damaged";
  }
  function possible(on) {
    return on >= 0 && on < 36500;
  }
  function digest(text) {
    let h = 2166136261;
    for (const byte of new TextEncoder().encode(text)) h = Math.imul(h ^ byte, 16777619);
    return (h >>> 24 ^ h) & 16777215;
  }
  var LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  function short(name) {
    const d = digest(name);
    return [18, 12, 6, 0].map((shift) => LETTERS[d >> shift & 63]).join("");
  }
  function toBase64(bytes) {
    let s = "";
    for (let i = 0; i < bytes.length; i += 3) {
      const n = bytes[i] << 16 | (bytes[i + 1] ?? 0) << 8 | (bytes[i + 2] ?? 0);
      s += [18, 12, 6, 0].map((shift) => LETTERS[n >> shift & 63]).join("").slice(0, Math.min(4, bytes.length - i + 1));
    }
    return s;
  }
  function fromBase64(text) {
    if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return null;
    const out = [];
    let bits = 0;
    let n = 0;
    for (const letter of text) {
      n = (n << 6 | LETTERS.indexOf(letter)) & 65535;
      bits += 6;
      if (bits >= 8) out.push(n >> (bits -= 8) & 255);
    }
    return Uint8Array.from(out);
  }
  async function through(stream, bytes) {
    const Stream = globalThis[stream];
    if (!Stream) return null;
    try {
      const reader = new Blob([bytes]).stream().pipeThrough(new Stream("deflate-raw")).getReader();
      const out = [];
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        if (out.length + part.value.length > 65536) {
          void reader.cancel();
          return null;
        }
        out.push(...part.value);
      }
      return Uint8Array.from(out);
    } catch {
      return null;
    }
  }

  // progress/numbers.ts
  function checksOf(site) {
    return site.modules.flatMap((m) => m.checks ?? []);
  }

  // progress/qr.ts
  var TOTAL = [26, 44, 70, 100, 134, 172, 196, 242, 292, 346, 404, 466];
  var LEVELS = {
    L: { bits: 1, ec: [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24], blocks: [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4] },
    M: { bits: 0, ec: [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22], blocks: [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8] }
  };
  function qr(text) {
    const bytes = new TextEncoder().encode(text);
    for (let version = 1; version <= TOTAL.length; version++) {
      for (const level of ["M", "L"]) {
        if (bytes.length <= capacity(version, level)) return encode(bytes, version, level);
      }
    }
    return null;
  }
  function capacity(version, level) {
    const { ec, blocks } = LEVELS[level];
    const data = TOTAL[version - 1] - ec[version - 1] * blocks[version - 1];
    return data - (version < 10 ? 2 : 3);
  }
  function encode(bytes, version, level, mask) {
    const words = withCorrection(dataWords(bytes, version, level), version, level);
    const size = 17 + 4 * version;
    const grid = Array.from({ length: size }, () => Array(size).fill(false));
    const fixed = Array.from({ length: size }, () => Array(size).fill(false));
    drawPatterns(grid, fixed, version);
    drawWords(grid, fixed, words);
    let best2 = null;
    let least = Infinity;
    for (let m = 0; m < 8; m++) {
      if (mask !== void 0 && m !== mask) continue;
      const masked = grid.map((row, y) => row.map((dark, x) => dark !== (!fixed[y][x] && MASKS[m](x, y))));
      drawFormat(masked, level, m);
      const score = penalty(masked);
      if (score < least) [best2, least] = [masked, score];
    }
    return best2;
  }
  function dataWords(bytes, version, level) {
    const { ec, blocks } = LEVELS[level];
    const room = TOTAL[version - 1] - ec[version - 1] * blocks[version - 1];
    const bits = [];
    const put = (value, n) => {
      for (let i = n - 1; i >= 0; i--) bits.push(value >> i & 1);
    };
    put(4, 4);
    put(bytes.length, version < 10 ? 8 : 16);
    for (const b of bytes) put(b, 8);
    put(0, Math.min(4, room * 8 - bits.length));
    put(0, (8 - bits.length % 8) % 8);
    const words = [];
    for (let i = 0; i < bits.length; i += 8) words.push(bits.slice(i, i + 8).reduce((v, bit) => v * 2 + bit, 0));
    for (let pad = 236; words.length < room; pad ^= 236 ^ 17) words.push(pad);
    return words;
  }
  function withCorrection(data, version, level) {
    const n = LEVELS[level].blocks[version - 1];
    const ec = LEVELS[level].ec[version - 1];
    const short2 = Math.floor(data.length / n);
    const long = data.length % n;
    const generator = generatorOf(ec);
    const blocks = [];
    for (let i = 0, at = 0; i < n; i++) {
      const part = data.slice(at, at += short2 + (i >= n - long ? 1 : 0));
      blocks.push({ data: part, ec: remainder(part, generator) });
    }
    const out = [];
    for (let i = 0; i <= short2; i++) for (const b of blocks) if (i < b.data.length) out.push(b.data[i]);
    for (let i = 0; i < ec; i++) for (const b of blocks) out.push(b.ec[i]);
    return out;
  }
  var EXP = [];
  var LOG = [];
  for (let i = 0, x = 1; i < 255; i++) {
    EXP[i] = x;
    LOG[x] = i;
    x <<= 1;
    if (x & 256) x ^= 285;
  }
  function times2(a, b) {
    return a && b ? EXP[(LOG[a] + LOG[b]) % 255] : 0;
  }
  function generatorOf(degree) {
    let g = [1];
    for (let i = 0; i < degree; i++) {
      const next = [...g, 0];
      g.forEach((c, j) => next[j + 1] ^= times2(c, EXP[i]));
      g = next;
    }
    return g;
  }
  function remainder(data, generator) {
    const r = [...data, ...Array(generator.length - 1).fill(0)];
    for (let i = 0; i < data.length; i++) {
      const lead = r[i];
      if (lead) generator.forEach((c, j) => r[i + j] ^= times2(c, lead));
    }
    return r.slice(data.length);
  }
  function drawPatterns(grid, fixed, version) {
    const size = grid.length;
    const set = (x, y, dark) => {
      if (x < 0 || y < 0 || x >= size || y >= size) return;
      grid[y][x] = dark;
      fixed[y][x] = true;
    };
    for (let i = 0; i < size; i++) {
      set(6, i, i % 2 === 0);
      set(i, 6, i % 2 === 0);
    }
    const ring = (cx, cy, reach, light) => {
      for (let y = -reach; y <= reach; y++)
        for (let x = -reach; x <= reach; x++) set(cx + x, cy + y, !light.includes(Math.max(Math.abs(x), Math.abs(y))));
    };
    const places = version === 1 ? [] : alignment(version);
    for (const y of places)
      for (const x of places) if (!(y < 9 && x < 9) && !(y < 9 && x > size - 9) && !(y > size - 9 && x < 9)) ring(x, y, 2, [1]);
    for (const [x, y] of [
      [3, 3],
      [size - 4, 3],
      [3, size - 4]
    ]) {
      ring(x, y, 4, [2, 4]);
    }
    for (let i = 0; i < 9; i++) {
      for (const [x, y] of [
        [8, i],
        [i, 8],
        [8, size - 1 - i],
        [size - 1 - i, 8]
      ]) {
        if (i < 8 || x < 9 && y < 9) fixed[y][x] = true;
      }
    }
    if (version < 7) return;
    let rest = version;
    for (let i = 0; i < 12; i++) rest = rest << 1 ^ (rest >>> 11) * 7973;
    const bits = version << 12 | rest;
    for (let i = 0; i < 18; i++) {
      const dark = (bits >> i & 1) === 1;
      set(size - 11 + i % 3, Math.floor(i / 3), dark);
      set(Math.floor(i / 3), size - 11 + i % 3, dark);
    }
  }
  function alignment(version) {
    const last = 10 + 4 * version;
    return version < 7 ? [6, last] : [6, (last + 6) / 2, last];
  }
  function drawWords(grid, fixed, words) {
    const size = grid.length;
    let bit = 0;
    for (let right = size - 1, up = true; right > 0; right -= 2, up = !up) {
      if (right === 6) right = 5;
      for (let i = 0; i < size; i++) {
        const y = up ? size - 1 - i : i;
        for (const x of [right, right - 1]) {
          if (fixed[y][x]) continue;
          grid[y][x] = ((words[bit >> 3] ?? 0) >> 7 - (bit & 7) & 1) === 1;
          bit++;
        }
      }
    }
  }
  var MASKS = [
    (x, y) => (x + y) % 2 === 0,
    (_, y) => y % 2 === 0,
    (x) => x % 3 === 0,
    (x, y) => (x + y) % 3 === 0,
    (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
    (x, y) => x * y % 2 + x * y % 3 === 0,
    (x, y) => (x * y % 2 + x * y % 3) % 2 === 0,
    (x, y) => ((x + y) % 2 + x * y % 3) % 2 === 0
  ];
  function drawFormat(grid, level, mask) {
    const size = grid.length;
    const data = LEVELS[level].bits << 3 | mask;
    let rest = data;
    for (let i = 0; i < 10; i++) rest = rest << 1 ^ (rest >>> 9) * 1335;
    const bits = (data << 10 | rest) ^ 21522;
    for (let i = 0; i < 15; i++) {
      const dark = (bits >> i & 1) === 1;
      if (i < 6) grid[i][8] = dark;
      else if (i < 8) grid[i + 1][8] = dark;
      else grid[8][i === 8 ? 7 : 14 - i] = dark;
      if (i < 8) grid[8][size - 1 - i] = dark;
      else grid[size - 15 + i][8] = dark;
    }
    grid[size - 8][8] = true;
  }
  function penalty(grid) {
    const size = grid.length;
    let score = 0;
    let dark = 0;
    const lines = [...grid, ...grid.map((_, x) => grid.map((row) => row[x]))];
    for (const line of lines) {
      let run = 1;
      for (let i = 1; i <= size; i++) {
        if (i < size && line[i] === line[i - 1]) run++;
        else {
          if (run >= 5) score += run - 2;
          run = 1;
        }
      }
      const text = line.map((d) => d ? "1" : "0").join("");
      for (const pattern of ["10111010000", "00001011101"])
        for (let at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1)) score += 40;
    }
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const d = grid[y][x];
        if (d) dark++;
        if (x + 1 < size && y + 1 < size && d === grid[y][x + 1] && d === grid[y + 1][x] && d === grid[y + 1][x + 1]) score += 3;
      }
    }
    return score + Math.floor(Math.abs(dark * 20 / (size * size) - 10)) * 10;
  }

  // progress/save.ts
  function toFile(p, about, share2) {
    var _a;
    const day2 = (at) => share2 ? at.slice(0, 10) : at;
    const paths = {};
    for (const [id, path] of Object.entries(p.paths)) paths[id] = { ...path };
    const marks = {};
    for (const [key, m] of Object.entries(p.marks)) {
      marks[key] = { at: day2(m.at), v: m.v };
      const parts = key.split(":");
      if (parts[0] === "milestone" && parts.length === 3 && m.v !== false) {
        const path = paths[_a = parts[1]] ?? (paths[_a] = {});
        const milestones = path["milestones"] ?? (path["milestones"] = {});
        milestones[parts[2]] = m.at.slice(0, 10);
      }
    }
    const modules = {};
    const ids = /* @__PURE__ */ new Set([...Object.keys(p.modules), ...Object.keys(p.marks).flatMap((k) => k.startsWith("done:") ? [k.slice(5)] : [])]);
    for (const id of [...ids].sort()) {
      const m = {};
      const known = own(p.modules, id);
      if (known?.read) m["read"] = known.read;
      const done = moduleDone(p, id);
      if (done) Object.assign(m, { done: done.day, how: done.how });
      if (known?.done && done?.how !== "rule") m["rule"] = known.done;
      modules[id] = m;
    }
    const answers = {};
    const tidyTry = (t) => ({ ...t, at: day2(t.at) });
    const tidy = (a) => ({
      ...a,
      ...a.first && { first: tidyTry(a.first) },
      ...a.last && { last: tidyTry(a.last) },
      ...a.was && { was: a.was.map(tidy) }
    });
    for (const [id, a] of Object.entries(p.answers)) answers[id] = tidy(a);
    const review = {};
    for (const [id, c] of Object.entries(p.review)) review[id] = { ...c, at: day2(c.at) };
    return {
      format: FORMAT,
      version: VERSION,
      site: about.site,
      edition: about.edition,
      learner: { code: p.learner?.code ?? null, name: share2?.name ?? null, ...p.learner && { since: day2(p.learner.since) } },
      seed: p.learner?.seed ?? null,
      paths,
      modules,
      answers,
      review,
      ...!share2 && { notes: p.notes },
      marks
    };
  }

  // progress/data.ts
  function wakeData(app, root, site) {
    const status = find(root, "[data-status]");
    const say = (key) => {
      if (status) status.textContent = app.say(key);
    };
    const on = (selector, act) => find(root, selector)?.addEventListener("click", act);
    const file = (share2) => JSON.stringify(toFile(app.store.get(), { site: app.page.site, edition: app.page.edition }, share2), null, 1);
    on("[data-keep]", () => {
      save(file(), `${app.page.site}-${today(app)}.json`);
      remember(app);
      say("progress.kept");
      navigator.storage?.persist?.().catch(() => void 0);
    });
    wakeShare(app, root, file, say, on);
    const input = find(root, "input[data-read]");
    input?.addEventListener("change", () => {
      const picked = input.files?.[0];
      if (!picked) return;
      picked.text().then(
        (text) => {
          const read = importText(text, app.page.site);
          if ("progress" in read) {
            app.store.join(read.progress);
            say("progress.read");
          } else say({ damaged: "progress.bad", format: "progress.bad", newer: "progress.newer", site: "progress.other" }[read.refused]);
        },
        () => say("progress.bad")
      );
      input.value = "";
    });
    on("[data-link]", () => void showLink(app, root, site).then(() => say("progress.link")));
    const ask = find(root, "[data-ask=delete]");
    on("[data-delete]", () => ask?.showModal());
    for (const no of all(root, "dialog [data-no]")) no.addEventListener("click", () => no.closest("dialog")?.close());
    ask?.querySelector("[data-yes]")?.addEventListener("click", () => {
      ask.close();
      app.store.clear();
      forget(app);
      find(root, "[data-link-out]")?.replaceChildren();
      say("progress.deleted");
    });
    const open = () => void openLink(app, root, site, say);
    addEventListener("hashchange", open);
    open();
    root.addEventListener("click", (e) => {
      if (!e.target.closest("[data-dates]")) return;
      const words = {
        title: (n) => app.say.count("progress.due", n),
        url: location.protocol.startsWith("http") ? location.href.split(/[?#]/)[0] : "",
        site: app.page.site
      };
      save(calendar(app.store.get(), checksOf(site), today(app), app.now(), words), "review.ics", "text/calendar");
    });
  }
  function today(app) {
    return app.now().slice(0, 10);
  }
  function save(text, name, type = "application/json") {
    const a = element("a");
    a.href = URL.createObjectURL(new Blob([text], { type }));
    a.download = name;
    a.click();
    URL.revokeObjectURL(a.href);
  }
  function wakeShare(app, root, file, say, on) {
    const ask = find(root, "[data-ask=share]");
    if (!ask) return;
    const withName = find(ask, "[data-with-name]");
    const name = find(ask, "[data-name]");
    const preview = find(ask, "[data-preview]");
    const text = () => file({ name: withName?.checked && name?.value.trim() || null });
    const show = () => {
      if (preview) preview.textContent = text();
    };
    on("[data-share]", () => {
      show();
      ask.showModal();
    });
    ask.addEventListener("input", show);
    find(ask, "[data-yes]")?.addEventListener("click", () => {
      save(text(), `${app.page.site}-shared-${today(app)}.json`);
      ask.close();
      say("progress.shared");
    });
  }
  async function showLink(app, root, site) {
    const out = find(root, "[data-link-out]");
    if (!out) return;
    const p = app.store.get();
    const page = location.href.split(/[?#]/)[0];
    const open = page + "#r=" + write(p, site, today(app));
    const packed = page + "#r=" + await pack(p, site, today(app));
    const field = element("input", "field linktext");
    field.readOnly = true;
    field.size = 10;
    field.value = open;
    field.setAttribute("aria-label", app.say("progress.link.label"));
    field.addEventListener("focus", () => field.select());
    const told = element("span", "meta");
    told.setAttribute("role", "status");
    const copy = button("btn quiet", app.say("progress.link.copy"), () => {
      field.select();
      navigator.clipboard?.writeText(open).then(
        () => told.textContent = app.say("progress.link.copied"),
        () => void 0
      );
    });
    const grid = qr(packed);
    out.hidden = false;
    out.replaceChildren(field, copy, told, ...grid ? [qrDrawing(grid, app.say("progress.link.qr"))] : []);
  }
  async function openLink(app, root, site, say) {
    const m = /^#r=([\w.-]+)$/.exec(location.hash);
    if (!m) return;
    const read = await readLink(m[1], site);
    try {
      history.replaceState(null, "", location.pathname + location.search);
    } catch {
    }
    if (typeof read === "string") return say(read === "build" ? "progress.link.build" : "progress.link.bad");
    const take = (p) => {
      app.store.join(p);
      say("progress.link.taken");
    };
    if (isEmpty(app.store.get())) return take(read);
    say("progress.link.ask");
    const status = find(root, "[data-status]");
    const row = element("p", "row");
    const yes = button("btn", app.say("progress.link.yes"), () => {
      row.remove();
      take(read);
    });
    row.append(
      yes,
      button("btn quiet", app.say("progress.link.no"), () => (row.remove(), say("progress.link.left")))
    );
    status?.after(row);
    yes.focus();
  }
  function remember(app) {
    try {
      localStorage.setItem(keptKey(app.page.site), today(app));
    } catch {
    }
  }
  function forget(app) {
    for (const area of ["localStorage", "sessionStorage"]) {
      try {
        const store = window[area];
        for (const key of Object.keys(store)) if (key.startsWith(`waymark:${app.page.site}:`)) store.removeItem(key);
      } catch {
      }
    }
  }

  // progress/data.main.ts
  if (window.waymark) window.waymark.data = wakeData;
})();
