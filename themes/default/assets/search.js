/* Waymark. Built from themes/default/src/search/main.ts by internal/tools/bundle. src: sha256-c438ce3587a0f9088f34c05a475443050f2d18e7029a862e6a19c4f25c84535a */
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

  // search/hits.ts
  function drawTitle(into, title, kind, name) {
    name.textContent = title.title;
    into.append(name, " ", element("span", "meta", kind));
  }
  function drawPassage(into, shown) {
    const meta = into.querySelector(".meta");
    if (meta && shown.section.heading) meta.textContent = [meta.textContent, shown.section.heading].filter((t) => t).join(" · ");
    if (shown.parts.length === 0) return;
    const passage2 = element("span", "passage");
    passage2.append(...shown.parts.map(drawPart));
    into.append(" ", passage2);
  }
  function drawPart(part) {
    return part.hit ? element("mark", "", part.text) : document.createTextNode(part.text);
  }
  function addressOf(root, title, shown) {
    return root + title.url + (shown?.section.id ? "#" + encodeURIComponent(shown.section.id) : "");
  }

  // search/fields.ts
  function long(query) {
    return Array.from(query).length > 1 || /[\u2e80-\uffff\u{20000}-\u{3ffff}]/u.test(query);
  }
  function fillFilters(root, meta) {
    fill(find(root, "[data-search-role]"), meta.roles);
    fill(find(root, "[data-search-kind]"), meta.kinds);
  }
  function fill(select, names) {
    if (!select || select.options.length > 1) return;
    for (const [id, title] of names) {
      const o = element("option", "", title);
      o.value = id;
      select.append(o);
    }
    const label = select.closest("label");
    if (label) label.hidden = names.length < 2;
  }

  // search/dialog.ts
  var MOST = 7;
  var REQUESTS = 5;
  var SMALL = 500;
  var REST = 150;
  var READ = 300;
  var Dialog = class {
    constructor(dialog, finder, root, say) {
      this.dialog = dialog;
      this.finder = finder;
      this.root = root;
      this.say = say;
      this.found = null;
      this.rows = [];
      /** The last option, if there are more hits than fit. */
      this.more = null;
      this.active = -1;
      this.query = "";
      this.asked = 0;
      this.timer = 0;
      this.reading = 0;
      /** The list that is shown, or on its way. */
      this.current = Promise.resolve();
      this.first = true;
      this.field = find(dialog, "[role=combobox]");
      this.list = find(dialog, "[role=listbox]");
      this.status = find(dialog, "[data-search-status]");
    }
    /** Joins the dialog. Throws when it is not what MARKUP.md says. */
    wake() {
      this.field.addEventListener("input", () => this.later());
      this.field.addEventListener("keydown", (e) => this.key(e));
      this.dialog.addEventListener("change", (e) => e.target instanceof HTMLSelectElement && this.run());
      this.list.addEventListener("pointerover", () => this.readAll());
      this.list.addEventListener("mousedown", (e) => e.preventDefault());
      this.list.addEventListener("click", (e) => this.click(e));
      this.list.addEventListener("auxclick", (e) => e.button === 1 && this.click(e));
      this.finder.ready().then(
        (meta) => fillFilters(this.dialog, meta),
        () => void 0
        // said when something is looked for
      );
      this.run();
    }
    later() {
      clearTimeout(this.timer);
      clearTimeout(this.reading);
      this.timer = window.setTimeout(() => this.run(), REST);
    }
    /** Looks for what stands in the field. */
    run() {
      clearTimeout(this.timer);
      clearTimeout(this.reading);
      this.current = this.look(this.field.value, ++this.asked);
    }
    filter() {
      return {
        role: find(this.dialog, "[data-search-role]")?.value ?? "",
        kind: find(this.dialog, "[data-search-kind]")?.value ?? ""
      };
    }
    async look(query, turn) {
      this.query = query.trim();
      if (!long(this.query)) {
        this.draw([], null);
        this.tell(this.say("search.hint"));
        return;
      }
      const waiting = window.setTimeout(() => turn === this.asked && this.tell(this.say("search.loading")), this.finder.meta ? 250 : 0);
      try {
        const found = await this.finder.find(query, this.filter());
        const hits = found.hits.slice(0, MOST);
        const titles2 = await Promise.all(hits.map((h) => this.finder.title(h.page)));
        if (turn !== this.asked) return;
        this.draw(
          hits.map((hit, i) => ({ option: element("li"), hit, title: titles2[i] })),
          found
        );
        this.tell(found.hits.length ? this.say.count("search.found", found.hits.length) : this.say("search.none"));
        if (hits.length) this.reading = window.setTimeout(() => this.read(found), READ);
      } catch {
        if (turn !== this.asked) return;
        this.draw([], null);
        this.tell(this.say("search.broken"));
      } finally {
        clearTimeout(waiting);
      }
    }
    tell(text) {
      if (this.status && this.status.textContent !== text) this.status.textContent = text;
    }
    draw(rows, found) {
      this.rows = rows;
      this.found = found;
      this.list.textContent = "";
      this.more = null;
      rows.forEach((row, i) => {
        option(row.option, `search.hit.${i}`);
        drawTitle(row.option, row.title, this.finder.meta?.kinds[row.title.kind]?.[1] ?? "", element("b"));
        this.list.append(row.option);
      });
      if (found && found.hits.length > rows.length && this.dialog.dataset["full"]) {
        this.more = element("li", "all", this.say.count("search.all", found.hits.length));
        option(this.more, "search.hit.all");
        this.list.append(this.more);
      }
      this.list.hidden = rows.length === 0;
      this.field.setAttribute("aria-expanded", String(rows.length > 0));
      this.choose(-1);
    }
    options() {
      return [...this.rows.map((r) => r.option), ...this.more ? [this.more] : []];
    }
    choose(n) {
      this.options().forEach((o, i) => o.setAttribute("aria-selected", String(i === n)));
      this.active = n;
      const option2 = this.options()[n];
      if (!option2) return this.field.removeAttribute("aria-activedescendant");
      this.field.setAttribute("aria-activedescendant", option2.id);
      option2.scrollIntoView({ block: "nearest" });
    }
    key(e) {
      if (e.isComposing) return;
      const n = this.options().length;
      switch (e.key) {
        case "ArrowDown":
        case "ArrowUp":
          e.preventDefault();
          if (n === 0) return;
          this.readAll();
          this.choose((this.active + 1 + (e.key === "ArrowDown" ? 1 : n) + n + 1) % (n + 1) - 1);
          return;
        case "Enter":
          e.preventDefault();
          void this.enter(e.ctrlKey || e.metaKey);
          return;
        case "Escape":
          e.preventDefault();
          this.dialog.close();
      }
    }
    /** Opens what is chosen, else the first hit: also when it is still on its way. */
    async enter(apart) {
      if (this.field.value.trim() !== this.query) this.run();
      await this.current;
      const n = Math.max(this.active, 0);
      if (n < this.options().length) await this.open(n, apart);
    }
    click(e) {
      const option2 = e.target instanceof Element ? e.target.closest("[role=option]") : null;
      const n = this.options().findIndex((o) => o === option2);
      if (n >= 0) void this.open(n, e.button === 1 || e.ctrlKey || e.metaKey);
    }
    async open(n, apart) {
      const row = this.rows[n];
      let to;
      if (row) {
        await Promise.race([this.passage(row), new Promise((done) => setTimeout(done, 800))]);
        to = addressOf(this.root, row.title, row.shown);
      } else {
        to = `${this.dialog.dataset["full"]}?q=${encodeURIComponent(this.query)}`;
      }
      if (apart) {
        window.open(to, "_blank", "noopener");
        return;
      }
      this.dialog.close();
      location.assign(to);
    }
    /** Loads the passages of the first hits: of all on a small site, else as many as a query may cost. The others follow when the reader goes into
     * the list. */
    read(found) {
      if (found !== this.found) return;
      let left = (this.finder.meta?.docs ?? 0) <= SMALL ? MOST : this.first ? REQUESTS - 1 - this.finder.requests : 2;
      this.first = false;
      for (const row of this.rows) {
        if (!this.finder.has(row.hit.page) && left-- <= 0) break;
        void this.passage(row);
      }
    }
    readAll() {
      for (const row of this.rows) void this.passage(row);
    }
    passage(row) {
      const found = this.found;
      if (!found) return Promise.resolve();
      return row.coming ?? (row.coming = this.finder.passage(row.hit, found.terms).then(
        (shown) => {
          row.shown = shown;
          drawPassage(row.option, shown);
        },
        () => void 0
        // a hit without a passage is a hit
      ));
    }
  };
  function option(e, id) {
    e.id = id;
    e.setAttribute("role", "option");
    e.setAttribute("aria-selected", "false");
  }

  // search/files.ts
  var Numbers = class {
    constructor(text) {
      this.text = text;
      this.at = 0;
    }
    get done() {
      return this.at >= this.text.length;
    }
    digit() {
      const c = this.text.charCodeAt(this.at++);
      if (!(c >= 35 && c < 127 && c !== 92)) throw new RangeError("damaged index");
      return c > 92 ? c - 36 : c - 35;
    }
    next() {
      const first = this.digit();
      if (first < 75) return first;
      if (first < 87) return 75 + (first - 75) * 91 + this.digit();
      if (first < 90) return 1167 + ((first - 87) * 91 + this.digit()) * 91 + this.digit();
      let v = 0;
      for (let i = 0; i < 4; i++) v = v * 91 + this.digit();
      return 26010 + v;
    }
    /** The rest of the text, up to a blank, which goes with it. */
    word() {
      const end = this.text.indexOf(" ", this.at);
      const word2 = this.text.slice(this.at, end < 0 ? void 0 : end);
      this.at = end < 0 ? this.text.length : end + 1;
      return word2;
    }
  };
  function numbers(text) {
    const out = [];
    for (const n = new Numbers(text); !n.done; ) out.push(n.next());
    return out;
  }
  function shard(terms, pages, sections, levels) {
    const out = { terms: [], postings: [] };
    const t = new Numbers(terms);
    const p = new Numbers(pages);
    const s = new Numbers(sections);
    const l = new Numbers(levels);
    let last = "";
    while (!t.done) {
      last = last.slice(0, t.next()) + t.word();
      out.terms.push(last);
      const at = { pages: p.next(), page: [], section: [], level: [] };
      let page = -1;
      for (let i = 0; i < at.pages; i++) {
        page += p.next() + 1;
        let section2 = 0;
        for (let more = 1; more; ) {
          const v = s.next();
          section2 += v >> 2;
          at.page.push(page);
          at.section.push(section2);
          at.level.push(v & 2 ? Math.min(l.digit() + 1, 7) : 0);
          more = v & 1;
        }
      }
      out.postings.push(at);
    }
    return out;
  }
  function titles(texts, urls, kinds) {
    let folder = "";
    const packed = urls.split("\n");
    return texts.split("\n").map((title, i) => {
      let name = packed[i] ?? "";
      const slash = name.lastIndexOf("/") + 1;
      if (slash > 0) {
        folder = slash > 1 ? name.slice(0, slash) : "";
        name = name.slice(slash);
      }
      let end = ".html";
      if (name.endsWith("*")) {
        name = name.slice(0, -1);
        end = "";
      }
      return { title, url: folder + unpack(name, slug(title)) + end, kind: (kinds[i] ?? 0) - 1 };
    });
  }
  function unpack(name, slug2) {
    if (name === "") return slug2;
    if (name.startsWith("=")) return name.slice(1);
    const words = slug2.split("-");
    return name.split("-").map((part) => /^[A-Z]+$/.test(part) ? Array.from(part, (c) => words[c.charCodeAt(0) - 65] ?? "").join("-") : part).join("-");
  }
  function slug(text) {
    let out = "";
    for (const c of text) {
      if (c === " " || c === "-") out += "-";
      else if (/[\p{L}\p{M}\p{N}_]/u.test(c)) out += lower(c);
    }
    return out;
  }
  function lower(c) {
    const low = c.toLowerCase();
    return Array.from(low).length === 1 ? low : c === "İ" ? "i" : c;
  }
  function termFile(start) {
    return "t-" + (start === "" ? "_" : Array.from(start, (c) => c < "" ? c : `_${c.codePointAt(0).toString(16)}_`).join(""));
  }

  // search/stem.ts
  var stops = new Set(
    `a about an and any are arent as at be been but by can cant could did didnt do does doesnt dont for from had has have he her
	him his how i if im in into is isnt it its ive me my no not of on or our ours she should so some than that the their them then there these
	they theyre this those to too us was we were weve what when where which who whom why will with wont would you your youre yours`.split(
      /\s+/
    )
  );
  function stem(word2) {
    if (word2.length < 3 || /[^a-z]/.test(word2)) return word2;
    let w = present(singular(word2));
    if (w.length > 2 && w.endsWith("e") && /[aeiouy]/.test(w.slice(0, -1))) w = w.slice(0, -1);
    if (w.length > 2 && /([^saeiou])\1$/.test(w)) w = w.slice(0, -1);
    return oneSpelling(w);
  }
  function singular(w) {
    if (w.length < 4 || !w.endsWith("s") || /[su]s$/.test(w)) return w;
    if (w.endsWith("ies") && w.length > 4) return w.slice(0, -3) + "y";
    if (w.endsWith("sis")) return w.slice(0, -2);
    return w.endsWith("is") ? w : w.slice(0, -1);
  }
  function present(w) {
    if (w.endsWith("eed")) return w.length > 5 && /[rt]eed$/.test(w) ? w.slice(0, -1) : w;
    if (/.ied$/.test(w)) return w.length > 4 ? w.slice(0, -3) + "y" : w.slice(0, -1);
    if (w.length > 3 && w.endsWith("ed") && /[aeiouy]/.test(w.slice(0, -2))) return w.slice(0, -2);
    if (w.length > 4 && w.endsWith("ing") && /[aeiouy]/.test(w.slice(0, -3))) return w.slice(0, -3);
    return w;
  }
  function oneSpelling(w) {
    if (w.length > 4 && /[iy]z$/.test(w)) return w.slice(0, -1) + "s";
    if (w.length > 4 && w.endsWith("our")) return w.slice(0, -2) + "r";
    if (w === "practis") return "practic";
    return w.replace(/(.i)z(ation[^z]*)$/, "$1s$2");
  }

  // search/words.ts
  var word = /[\p{L}\p{M}\p{N}\u00ad]+(?:['’][\p{L}\p{M}\p{N}\u00ad]+)*/gu;
  var cjk = /[\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uffdc\u{20000}-\u{3ffff}]+/gu;
  function* pieces(text) {
    for (const found of text.matchAll(word)) {
      const start = found.index;
      const run = found[0];
      let at = 0;
      for (const c of run.matchAll(cjk)) {
        if (c.index > at) yield piece(run, start, at, c.index, false);
        at = c.index + c[0].length;
        yield piece(run, start, c.index, at, true);
      }
      if (at < run.length) yield piece(run, start, at, run.length, false);
    }
  }
  function piece(run, start, from, to, cjk2) {
    return { start: start + from, end: start + to, text: run.slice(from, to), cjk: cjk2 };
  }
  function unquote(text) {
    if (!/['’]/.test(text)) return text;
    const length = (s) => Array.from(s).length;
    const parts = text.split(/['’]/).filter((p) => p);
    if (parts.length > 1 && length(parts[0]) <= 2 && length(parts.slice(1).join("")) >= 3) parts.shift();
    if (parts.length > 1 && /^s$/i.test(parts[parts.length - 1])) parts.pop();
    return parts.join("");
  }
  var spelled = {
    ß: "ss",
    æ: "ae",
    œ: "oe",
    ø: "o",
    đ: "d",
    ð: "d",
    þ: "th",
    ł: "l",
    ħ: "h",
    ı: "i",
    ς: "σ",
    ى: "ي",
    ة: "ه"
  };
  var accents = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc]/g;
  function fold(text) {
    if (/^[a-z0-9]*$/.test(text)) return text;
    let out = "";
    for (const c of text.normalize("NFKD").replace(accents, "")) {
      const low = c.toLowerCase();
      out += spelled[low] ?? low;
    }
    return out.replace(/[^\p{L}\p{M}\p{N}]/gu, "").normalize("NFC");
  }
  function folded(p) {
    const text = fold(unquote(p.text));
    return text.length > 32 ? Array.from(text).slice(0, 32).join("") : text;
  }
  function pairs(text) {
    const chars = Array.from(text);
    return chars.length === 1 ? chars : chars.slice(1).map((c, i) => chars[i] + c);
  }
  function term(word2, language) {
    return language === "en" && !stops.has(word2) ? stem(word2) : word2;
  }
  function before(a, b) {
    const n = Math.min(a.length, b.length);
    for (let i = 0; i < n; i++) {
      const x = a.charCodeAt(i);
      const y = b.charCodeAt(i);
      if (x === y) continue;
      const high = (c) => c >= 55296 && c <= 57343 ? c + 65536 : c;
      return high(x) < high(y);
    }
    return a.length < b.length;
  }

  // search/passage.ts
  function section(page, n, slug2) {
    if (n === 0) return { heading: "", id: "", text: page[0] ?? "" };
    const heading2 = page[n * 3 - 2] ?? "";
    return { heading: heading2, id: page[n * 3 - 1] || slug2(heading2), text: page[n * 3] ?? "" };
  }
  var before2 = 40;
  function passage(text, wanted, langs, length = 160) {
    const found = find2(text, wanted, langs);
    let best = 0;
    let most2 = 0;
    found.forEach((f, i) => {
      const words = /* @__PURE__ */ new Set();
      for (let j = i; j < found.length && found[j].end <= f.start + length - before2; j++) words.add(found[j].word);
      if (words.size > most2) {
        most2 = words.size;
        best = i;
      }
    });
    const first = found[best];
    const { at: from, sentence } = first ? beginning(text, first.start) : { at: 0, sentence: true };
    const to = ending(text, from, length);
    const parts = [];
    const push = (part, hit) => part && parts.push({ text: part.replace(/\n/g, " "), hit });
    let at = from;
    for (const f of found) {
      if (f.start < at || f.end > to) continue;
      push(text.slice(at, f.start), false);
      push(text.slice(f.start, f.end), true);
      at = f.end;
    }
    push(text.slice(at, to), false);
    if (parts.length > 0) {
      if (!sentence) parts.unshift({ text: "… ", hit: false });
      if (to < text.length) parts.push({ text: " …", hit: false });
    }
    return { parts, words: most2 };
  }
  function find2(text, wanted, langs) {
    const found = [];
    for (const p of pieces(text)) {
      if (!p.cjk) {
        const word2 = folded(p);
        for (const lang of langs) {
          const n = word2 ? wanted.get(term(word2, lang)) : void 0;
          if (n === void 0) continue;
          found.push({ start: p.start, end: p.end, word: n });
          break;
        }
        continue;
      }
      const chars = Array.from(p.text);
      let at = p.start;
      for (let i = 0; i < chars.length; i++) {
        const pair = chars.slice(i, i + 2).join("");
        const n = wanted.get(pairs(fold(pair))[0] ?? "");
        const last = found[found.length - 1];
        if (n !== void 0) {
          if (last && last.end >= at && last.start >= p.start) last.end = at + pair.length;
          else found.push({ start: at, end: at + pair.length, word: n });
        }
        at += chars[i].length;
      }
    }
    return found;
  }
  function beginning(text, start) {
    const from = Math.max(0, start - before2 * 2);
    const head = text.slice(from, start);
    let at = from === 0 ? 0 : -1;
    for (const end of head.matchAll(/[.!?…:]["'”’)]*\s+|[。！？\n]\s*/g)) at = from + end.index + end[0].length;
    if (at >= 0) return { at, sentence: true };
    const near2 = start - before2;
    const blank = text.slice(near2, start).indexOf(" ");
    return { at: whole(text, blank < 0 ? /[\u1100-\uffff]/.test(text[start]) ? near2 : start : near2 + blank + 1), sentence: false };
  }
  function ending(text, from, length) {
    if (text.length - from <= length + 12) return text.length;
    const blank = text.lastIndexOf(" ", from + length);
    return whole(text, blank > from + length / 2 ? blank : from + length);
  }
  function whole(text, at) {
    return /[\udc00-\udfff]/.test(text[at] ?? "") && at > 0 ? at - 1 : at;
  }

  // search/query.ts
  var most = 12;
  var longest = 300;
  var shortest = 4;
  function ask(query, langs) {
    const asked = [];
    query = query.slice(0, longest);
    for (const p of pieces(query)) {
      const open = p.end === query.length;
      if (p.cjk) {
        const text = fold(p.text);
        for (const pair of pairs(text))
          asked.push({ word: pair, forms: [pair], open: pair === text && Array.from(text).length === 1, cjk: true, langs });
      } else {
        const word2 = folded(p);
        if (word2) asked.push({ word: word2, forms: forms(word2, langs, open), open, cjk: false, langs });
      }
    }
    const telling = asked.filter((a) => a.cjk || !langs.includes("en") || !stops.has(a.word));
    const chosen = telling.length > 0 ? telling : asked;
    return chosen.filter((a, i) => chosen.findIndex((b) => b.word === a.word) === i).slice(0, most);
  }
  function forms(word2, langs, open) {
    const all = /* @__PURE__ */ new Set();
    for (const lang of langs) {
      all.add(term(word2, lang));
      if (open && lang === "en") {
        for (const [begun, rest] of endings) if (word2.endsWith(begun) && word2.length > begun.length + 2) all.add(term(word2 + rest, lang));
      }
    }
    return Array.from(all);
  }
  var endings = [
    ["i", "ng"],
    ["in", "g"],
    ["e", "d"]
  ];
  function filesFor(a, starts) {
    const files = /* @__PURE__ */ new Set();
    for (const f of a.forms.slice(0, 2)) files.add(fileOf(f, starts));
    if (a.open) {
      const first = fileOf(a.word, starts);
      const last = fileOf(a.word + "􏿿", starts);
      files.add(first);
      if (last === first + 1) files.add(last);
    }
    return Array.from(files);
  }
  function filesNear(a, starts) {
    return Array.from(new Set(slips(a).map((s) => fileOf(s, starts))));
  }
  function slips(a) {
    const out = [];
    const w = a.word;
    if (a.cjk || w.length < shortest) return out;
    for (let i = w.length - 2; i > 0; i--) {
      const slip = [w.slice(0, i) + w[i + 1] + w[i] + w.slice(i + 2), w.slice(0, i) + w.slice(i + 1)];
      for (const s of slip) for (const lang of a.langs) out.push(term(s, lang));
    }
    return out;
  }
  function fileOf(term2, starts) {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const mid = low + high >> 1;
      if (before(term2, starts[mid])) high = mid;
      else low = mid;
    }
    return low;
  }
  function matches(a, shards) {
    const found = [];
    const add = (shard2, at, weight) => found.push({ shard: shard2, at, term: shard2.terms[at], weight });
    const root = a.forms[0];
    for (const shard2 of shards) {
      for (let at = 0; at < shard2.terms.length; at++) {
        const t = shard2.terms[at];
        if (a.forms.includes(t)) add(shard2, at, 1);
        else if (a.open && t.startsWith(a.word)) add(shard2, at, 0.4 + 0.4 * a.word.length / t.length);
        else if (!a.cjk && root.length > 3 && t.startsWith(root) && t.length <= root.length + 5) add(shard2, at, 0.35);
      }
    }
    if (a.cjk || a.word.length < shortest || found.some((m) => m.weight > 0.35)) return found;
    const slip = new Set(slips(a));
    for (const shard2 of shards) {
      for (let at = 0; at < shard2.terms.length; at++) {
        const t = shard2.terms[at];
        if (t.length > 2 && (slip.has(t) || oneAway(root, t) || oneAway(a.word, t))) add(shard2, at, 0.5);
      }
    }
    return found;
  }
  function oneAway(a, b) {
    if (a.length > b.length) return oneAway(b, a);
    if (b.length - a.length > 1 || a === b) return false;
    let i = 0;
    while (i < a.length && a[i] === b[i]) i++;
    if (a.length < b.length) return a.slice(i) === b.slice(i + 1);
    if (a.slice(i + 1) === b.slice(i + 1)) return true;
    return a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2);
  }

  // search/rank.ts
  var weights = [1, 1.5, 2.2, 3.3, 5, 7.4, 11, 16];
  var heading = 3;
  var near = 500;
  function rank(words, docs, wanted = () => true) {
    const asked = words.filter((w) => w.length > 0);
    const scores = new Float64Array(docs);
    const having = new Uint8Array(docs);
    const rare = [];
    for (const matches2 of asked) {
      const best = new Float64Array(docs);
      const sum = new Float64Array(docs);
      let pages = 0;
      each(matches2, docs, (page, _, __, weight) => {
        if (best[page] === 0) pages++;
        if (weight > best[page]) best[page] = weight;
        sum[page] += weight;
      });
      const r = Math.log(1 + (docs - pages + 0.5) / (pages + 0.5));
      rare.push(r);
      for (let p = 0; p < docs; p++) {
        if (best[p] === 0) continue;
        having[p]++;
        scores[p] += r * (best[p] + 0.1 * Math.min(sum[p] - best[p], 3));
      }
    }
    const hits = [];
    for (let page = 0; page < docs; page++) {
      if (having[page] === 0 || !wanted(page)) continue;
      hits.push({ page, section: 0, words: having[page], score: scores[page] * (having[page] / asked.length) ** 2 });
    }
    const order = (a, b) => b.score - a.score || a.page - b.page;
    hits.sort(order);
    const first = hits.slice(0, near);
    bySection(first, asked, rare, docs);
    return first.sort(order).concat(hits.slice(near));
  }
  function bySection(hits, asked, rare, docs) {
    const slots = new Int32Array(docs).fill(-1);
    hits.forEach((h, i) => slots[h.page] = i);
    const sections = hits.map(() => /* @__PURE__ */ new Map());
    asked.forEach((matches2, word2) => {
      each(matches2, docs, (page, section2, level, weight) => {
        const of = sections[slots[page]];
        if (!of) return;
        let s = of.get(section2);
        if (!s) of.set(section2, s = { score: 0, titled: 0, word: -1, weight: 0, level: 0 });
        if (s.word !== word2) {
          s.word = word2;
          s.weight = 0;
          s.level = 0;
        }
        if (weight > s.weight) {
          s.score += rare[word2] * (weight - s.weight);
          s.weight = weight;
        }
        if (level >= heading && s.level < heading) s.titled++;
        s.level = Math.max(s.level, level);
      });
    });
    hits.forEach((h, i) => {
      let top = -1;
      for (const [section2, s] of sections[i]) {
        const score = asked.length > 1 && s.titled === asked.length ? s.score * 3 : s.score;
        if (score > top + 1e-9 || score > top - 1e-9 && section2 < h.section) {
          top = score;
          h.section = section2;
        }
      }
      h.score += top * (h.words / asked.length) ** 2;
    });
  }
  function each(matches2, docs, call) {
    for (const m of matches2) {
      const { page, section: section2, level } = m.shard.postings[m.at];
      for (let i = 0; i < page.length; i++) if (page[i] < docs) call(page[i], section2[i], level[i], m.weight * weights[level[i]]);
    }
  }

  // search/finder.ts
  var Mixed = class extends Error {
  };
  var Finder = class {
    constructor(load) {
      this.load = load;
      this.files = /* @__PURE__ */ new Map();
      this.shards = /* @__PURE__ */ new Map();
      this.blocks = /* @__PURE__ */ new Map();
      this.stamp = "";
      this.fresh = false;
      /** Set once meta.js is there. */
      this.meta = null;
      /** How many files were asked for. */
      this.requests = 0;
    }
    /** What every query needs. Called when the search opens, so that it is there when the first word is. */
    async ready() {
      const [, , meta] = await this.file("meta");
      return this.meta ?? (this.meta = meta);
    }
    /** The pages that answer a query. Rejects when the index cannot be loaded. */
    async find(query, filter = { role: "", kind: "" }) {
      return this.again(async () => {
        const meta = await this.ready();
        const asked = ask(query, meta.langs);
        const starts = meta.terms.split(" ");
        if (meta.docs === 0) return { hits: [], terms: /* @__PURE__ */ new Map() };
        const [wanted, ...words] = await Promise.all([this.wanted(meta, filter), ...asked.map((a) => this.word(a, starts))]);
        const terms = /* @__PURE__ */ new Map();
        words.forEach((found, word2) => found.forEach((m) => terms.has(m.term) || terms.set(m.term, word2)));
        const hits = rank(words, meta.docs, wanted);
        await this.polish(hits, asked, meta);
        return { hits, terms };
      });
    }
    /** Puts the first hits in a finer order, by what the index does not know and titles say: whether they have the words as they were typed (matching, not
     * match), and little else. On large sites only titles that are shown are looked at, for each may be in a file of its own. */
    async polish(hits, asked, meta) {
      const first = hits.slice(0, meta.titles ? 7 : 30);
      const titles2 = await Promise.all(first.map((h) => this.title(h.page)));
      first.forEach((h, i) => {
        const title = Array.from(pieces(titles2[i].title), folded).filter((w) => !stops.has(w));
        const same = asked.filter((a) => title.includes(a.word)).length;
        const share = title.filter((w) => asked.some((a) => a.forms.includes(w) || a.langs.some((l) => a.forms.includes(term(w, l))))).length;
        h.score *= 1 + 0.06 * same / asked.length + 0.06 * share / Math.max(title.length, 1);
      });
      hits.splice(0, first.length, ...first.sort((a, b) => b.score - a.score || a.page - b.page));
    }
    async word(a, starts) {
      const files = filesFor(a, starts);
      const load = (files2) => Promise.all(files2.map((n) => this.shard(n, starts)));
      const found = matches(a, await load(files));
      if (found.length > 0) return found;
      const near2 = filesNear(a, starts).filter((n) => !files.includes(n));
      return near2.length > 0 ? matches(a, await load(near2.slice(0, 2))) : found;
    }
    shard(n, starts) {
      return once(this.shards, n, async () => {
        const [, , start, ...parts] = await this.file(termFile(starts[n]));
        if (start !== starts[n]) throw new Mixed();
        return shard(...parts);
      });
    }
    /** Which pages the filter lets through. */
    async wanted(meta, filter) {
      if (!filter.role && !filter.kind) return () => true;
      const [kinds, sets] = (await this.file(meta.titles ? "f" : "meta")).slice(meta.titles ? 2 : 5).map((s) => numbers(String(s)));
      const kind = filter.kind ? meta.kinds.findIndex((k) => k[0] === filter.kind) + 1 : -1;
      const role = String(meta.roles.findIndex((r) => r[0] === filter.role));
      const seen = meta.sets.map((s) => !filter.role || s === "" || s.split(" ").includes(role));
      return (page) => (kind < 0 || kinds[page] === kind) && seen[sets[page]] === true;
    }
    /** The title of a page. */
    async title(page) {
      return this.again(async () => {
        const meta = await this.ready();
        const size = meta.titles || meta.docs;
        const n = Math.floor(page / size);
        const block = await once(this.blocks, n, async () => {
          const args = await this.file(meta.titles ? `m-${n}` : "meta");
          const [texts, urls, kinds] = args.slice(3).map(String);
          return titles(texts, urls, numbers(kinds));
        });
        return block[page % size] ?? Promise.reject(new RangeError("damaged index"));
      });
    }
    /** Where the text of a page is: pages of equal blocks are loaded together. */
    block(page) {
      return Math.floor(page / (this.meta?.text ?? 1));
    }
    /** Whether the text of a page is there, or on its way. */
    has(page) {
      return this.files.has(`x-${this.block(page)}`);
    }
    /** The section that answers, and the passage in it that matched. */
    async passage(hit, terms, length) {
      const meta = await this.ready();
      const n = this.block(hit.page);
      const pages = (await this.file(`x-${n}`))[3];
      const page = pages[hit.page % meta.text] ?? [];
      const here = section(page, hit.section, slug);
      let best = passage(here.text, terms, meta.langs, length);
      for (let i = 0; best.words === 0 && i * 3 < page.length; i++) {
        if (i === hit.section) continue;
        const other = passage(section(page, i, slug).text, terms, meta.langs, length);
        if (other.words > 0) best = other;
      }
      return { section: here, parts: best.parts };
    }
    file(name) {
      return once(this.files, name, async () => {
        this.requests++;
        const args = await this.load(name, this.fresh);
        if (name === "meta") this.stamp = String(args[1]);
        else if (args[1] !== this.stamp) throw new Mixed();
        return args;
      });
    }
    /** Pages are known by their number. After a new edition a browser may still have some files of the old one, with other numbers: then all are
     * loaded again, round what it has kept. */
    async again(work) {
      const fresh = this.fresh;
      try {
        return await work();
      } catch (e) {
        if (fresh) throw e;
        if (!this.fresh) {
          this.fresh = true;
          this.files.clear();
          this.shards.clear();
          this.blocks.clear();
          this.meta = null;
        }
        return work();
      }
    }
  };
  function once(map, key, work) {
    let p = map.get(key);
    if (!p) {
      p = work();
      map.set(key, p);
      p.catch(() => map.get(key) === p && map.delete(key));
    }
    return p;
  }

  // search/load.ts
  var called = /* @__PURE__ */ new WeakMap();
  function loaderFrom(folder) {
    if (window.waymark) window.waymark.search = receive;
    return (name, fresh) => new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = folder + name + ".js" + (fresh ? "?" + Date.now().toString(36) : "");
      script.onload = () => {
        const args = called.get(script);
        script.remove();
        if (args) resolve(args);
        else reject(new Error(script.src));
      };
      script.onerror = () => {
        script.remove();
        reject(new Error(script.src));
      };
      document.head.append(script);
    });
  }
  function receive(...args) {
    const script = document.currentScript;
    if (script instanceof HTMLScriptElement) called.set(script, args);
  }

  // search/results.ts
  var STEP = 10;
  var Results = class {
    constructor(finder, root, say) {
      this.finder = finder;
      this.root = root;
      this.say = say;
      this.box = element("section", "searched");
      this.status = element("p", "meta");
      this.list = element("ol", "hits results");
      this.field = element("input", "field");
      this.found = null;
      this.shown = 0;
      this.asked = 0;
      this.timer = 0;
      this.more = button("btn quiet", say("search.more"), () => void this.add());
    }
    /** Adds the results to the page, after its heading. */
    wake(main, query) {
      const box = this.box;
      const dialog = find(document, "dialog#search");
      box.setAttribute("aria-label", find(dialog ?? document, "#search\\.title")?.textContent ?? query);
      const label = find(dialog ?? document, "label[for='search.field']");
      this.field.type = "search";
      this.field.value = query;
      this.field.autocomplete = "off";
      this.field.setAttribute("aria-label", label?.textContent ?? query);
      this.field.addEventListener("input", () => {
        clearTimeout(this.timer);
        this.timer = window.setTimeout(() => this.look(), 200);
      });
      const filters = dialog && find(dialog, ".filters")?.cloneNode(true);
      if (filters instanceof HTMLElement) filters.addEventListener("change", () => this.look());
      this.status.setAttribute("role", "status");
      this.more.hidden = true;
      box.append(this.field, ...filters ? [filters] : [], this.status, this.list, this.more);
      const head = find(main, ".modhead") ?? find(main, "h1");
      if (head) head.after(box);
      else main.prepend(box);
      this.finder.ready().then(
        (meta) => filters instanceof HTMLElement && fillFilters(filters, meta),
        () => void 0
      );
      void this.look();
    }
    async look() {
      const turn = ++this.asked;
      const query = this.field.value.trim();
      const filter = {
        role: find(this.box, "[data-search-role]")?.value ?? "",
        kind: find(this.box, "[data-search-kind]")?.value ?? ""
      };
      this.more.hidden = true;
      remember(query);
      if (!long(query)) {
        this.list.textContent = "";
        this.status.textContent = this.say("search.hint");
        return;
      }
      if (this.shown === 0) this.status.textContent = this.say("search.loading");
      try {
        const found = await this.finder.find(query, filter);
        if (turn !== this.asked) return;
        this.found = found;
        this.shown = 0;
        this.list.textContent = "";
        this.status.textContent = found.hits.length ? this.say.count("search.found", found.hits.length) : this.say("search.none");
        await this.add();
      } catch {
        if (turn === this.asked) this.status.textContent = this.say("search.broken");
      }
    }
    /** Adds the next hits. The focus goes to the first of them when the reader asked for more. */
    async add() {
      const { found, finder } = this;
      if (!found) return;
      const turn = this.asked;
      const hits = found.hits.slice(this.shown, this.shown + STEP);
      const titles2 = await Promise.all(hits.map((h) => finder.title(h.page)));
      if (turn !== this.asked) return;
      let first = null;
      hits.forEach((hit, i) => {
        const title = titles2[i];
        const item = element("li");
        const link = element("a");
        link.href = addressOf(this.root, title, void 0);
        drawTitle(item, title, finder.meta?.kinds[title.kind]?.[1] ?? "", link);
        this.list.append(item);
        first ?? (first = link);
        finder.passage(hit, found.terms, 240).then(
          (shown) => {
            link.href = addressOf(this.root, title, shown);
            drawPassage(item, shown);
          },
          () => void 0
        );
      });
      if (this.shown > 0) first?.focus();
      this.shown += hits.length;
      this.more.hidden = this.shown >= found.hits.length;
    }
  };
  function remember(query) {
    try {
      history.replaceState(null, "", "?q=" + encodeURIComponent(query));
    } catch {
    }
  }

  // search/main.ts
  var door = window.waymark;
  if (door) {
    let finder;
    const finderOf = (root) => finder ?? (finder = new Finder(loaderFrom(root + "data/search/")));
    const search = {
      dialog: (dialog, root, say) => new Dialog(dialog, finderOf(root), root, say).wake(),
      page: (main, query, root, say) => new Results(finderOf(root), root, say).wake(main, query),
      Finder
    };
    door.finder = search;
  }
})();
