// <waymark-progress>: the learner's own page. It shows what this browser keeps; a part without content stays hidden.
import { type App, loadOnce } from "../app";
import type { CheckData, ModuleData, SiteData } from "../contract";
import { all, dayIn, element, find } from "../page";
import { type Open, openOf } from "../path/open";
import { showPanel, wayOn } from "../path/panel";
import { type Walk, ofLearner, walk } from "../path/path";
import { due, queueKey, today as dueToday } from "../review/schedule";
import { bars, pairs, table } from "./charts";
import { calibration, checksOf, ratings } from "./numbers";
import { type Progress, dayOf, isEmpty, keptKey, markKey, marked, noteKey, own } from "./progress";

export function wakeProgress(app: App): void {
  const root = find(document, "waymark-progress");
  if (!root) return;
  // All is drawn at once, for what came piece by piece would push the rest about.
  const drawn = () => void (root.dataset["drawn"] = "");
  const broken = () => {
    drawn();
    app.notice(app.say("progress.broken"));
  };
  let site: SiteData | undefined;
  // Whoever has done nothing yet needs no titles.
  const show = () => {
    const none = isEmpty(app.store.get());
    const empty = find(root, "[data-empty]");
    if (empty) empty.hidden = !none;
    document.documentElement.classList.toggle("has-progress", !none);
    if (site) showAll(app, root, site);
    if (site || none) drawn();
    else
      app.site().then((loaded) => {
        site = loaded;
        showAll(app, root, site);
        drawn();
      }, broken);
  };
  show();
  app.store.watch(show);
  loadData(app, root);
}

/** The buttons of the data part work through data.js, which comes with the first touch or with a link to read. */
function loadData(app: App, root: HTMLElement): void {
  const wake = loadOnce(() => Promise.all([app.site(), app.load("data.js")]).then(([site]) => window.waymark!.data!(app, root, site)));
  const status = find(root, "[data-status]");
  const input = find<HTMLInputElement>(root, "[data-part=data] input[data-read]");
  /** Calls then when the buttons work. If they cannot, the page says so, and the next press tries again. */
  const load = (then = () => {}) => {
    wake().then(then, () => {
      if (status) status.textContent = app.say("progress.data.broken");
      if (input) input.value = ""; // the same file may be picked again
    });
  };
  if (location.hash.startsWith("#r=")) load();
  addEventListener("hashchange", () => load());
  // Whatever is pressed before the script is there is pressed again when it is.
  root.addEventListener("click", (e) => {
    const pressed = (e.target as Element).closest<HTMLElement>("[data-part=data] button, button[data-dates]");
    if (!pressed || window.waymark?.data) return;
    e.preventDefault();
    load(() => pressed.click());
  });
  input?.addEventListener("change", () => window.waymark?.data || load(() => input.dispatchEvent(new Event("change"))));
  remind(app, root);
}

/** A calm sentence when no copy was saved for two weeks. */
function remind(app: App, root: HTMLElement): void {
  if (isEmpty(app.store.get())) return;
  try {
    const kept = localStorage.getItem(keptKey(app.page.site));
    if (kept && Date.parse(dayOf(app.now())) - Date.parse(kept) < 14 * 86_400_000) return;
  } catch {
    return;
  }
  find(root, "[data-keep]")?.parentElement?.before(element("p", "meta", app.say("progress.remind")));
}

function showAll(app: App, root: HTMLElement, site: SiteData): void {
  const p = app.store.get();
  const walks = site.paths.map((path) => ({ path, w: walk(path, site, p), open: openOf(path, site, p) }));
  const mine = ofLearner(walks);
  part(root, "next", next(app, mine));
  for (const { path, w, open } of walks) {
    const panel = all(root, "[data-part=paths] [data-path]").find((e) => e.dataset["path"] === path.id);
    if (!panel) continue;
    panel.hidden = !mine.some((x) => x.path === path);
    showPanel(app, panel, path, open, w);
  }
  const paths = find(root, "[data-part=paths]");
  if (paths) paths.hidden = mine.length === 0;
  part(root, "review", review(app, site, p));
  part(root, "notes", notes(app, site, p));
  part(root, "reading", reading(app, site, p));
  part(root, "forms", forms(app, site, p));
  part(root, "sure", sure(app, site, p));
  if (!find(root, "[data-part=ratings]")) find(root, "[data-part=sure]")?.after(ratingsPart(app));
  part(root, "ratings", rated(app, site, p));
}

function ratingsPart(app: App): HTMLElement {
  const section = element("section");
  section.dataset["part"] = "ratings";
  section.setAttribute("aria-labelledby", "progress.ratings");
  const head = element("h2", "", app.say("progress.ratings"));
  head.id = "progress.ratings";
  const list = element("div");
  list.dataset["list"] = "";
  section.append(head, list);
  return section;
}

/** Fills a part's list; empty, the part is hidden. */
function part(root: HTMLElement, name: string, content: Node[]): void {
  const section = find(root, `[data-part=${name}]`);
  if (!section) return;
  section.hidden = content.length === 0;
  (find(section, "[data-list]") ?? section).replaceChildren(...content);
}

function link(app: App, url: string, text: string, className = ""): HTMLAnchorElement {
  const a = element("a", className, text);
  a.href = app.page.root + url;
  return a;
}

/** The way on for each path that is not finished. What it still asks for says its panel. */
function next(app: App, walks: { path: SiteData["paths"][number]; w: Walk; open: Open[] }[]): Node[] {
  return walks.flatMap(({ path, w, open }) => {
    const on = wayOn(app, path, open, w);
    if (!on) return [];
    const p = element("p", "row");
    p.append(link(app, on.url, app.say("path.continue", on.title), "btn"), " ", element("span", "meta", path.title));
    return [p];
  });
}

function review(app: App, site: SiteData, p: Progress): Node[] {
  const checks = checksOf(site);
  const day = dayOf(app.now());
  const cards = checks.map((c) => own(p.review, c.id)).filter((c) => c !== undefined);
  const gone = Object.keys(p.review).filter((id) => !checks.some((c) => c.id === id));
  const left = gone.length > 0 ? [element("p", "meta gone", `${app.say("progress.gone")}: ${gone.sort().join(", ")}`)] : [];
  if (cards.length === 0) return left;
  const list = dueToday(p, checks, day);
  const where = moduleByCheck(site);
  const out: Node[] = [];
  if (list.length === 0) {
    const waiting = due(p, checks, day).length > 0;
    const first = cards.map((c) => c.due).sort()[0]!;
    out.push(element("p", "", waiting ? app.say("progress.enough") : app.say("progress.due.none", dayIn(app, first))));
  } else {
    out.push(element("p", "", app.say.count("progress.due", list.length)));
    // Each address is another one, so that two cards of one page are two visits.
    const urls = list.map((d, i) => `${app.page.root}${where.get(d.check.id)!.url}?review=${i + 1}#${encodeURIComponent(d.check.id)}`);
    const start = element("a", "btn", app.say("progress.start"));
    start.href = urls[0]!;
    // The pages lead on from card to card: each takes the next address off the list.
    start.addEventListener("click", () => {
      try {
        sessionStorage.setItem(queueKey(app.page.site), JSON.stringify(urls.slice(1).map((u) => new URL(u, location.href).href)));
      } catch {
        // Then each card leads back to this page.
      }
    });
    const ul = element("ul", "cardlist");
    list.forEach((d, i) => {
      const a = element("a", "", d.check.title || where.get(d.check.id)!.title);
      a.href = urls[i]!;
      const li = element("li");
      li.append(a, " ", element("span", "meta", app.say("progress.why." + d.why)));
      ul.append(li);
    });
    const row = element("p");
    row.append(start);
    out.push(row, ul);
  }
  const dates = element("button", "btn quiet", app.say("progress.dates"));
  dates.type = "button";
  dates.dataset["dates"] = "";
  const row = element("p");
  row.append(dates);
  out.push(row, ...left);
  return out;
}

function moduleByCheck(site: SiteData): Map<string, ModuleData> {
  return new Map(site.modules.flatMap((m) => (m.checks ?? []).map((c): [string, ModuleData] => [c.id, m])));
}

/** The journal: reflections in the order of the handbook, and at the end whatever was typed into something that is gone. */
function notes(app: App, site: SiteData, p: Progress): Node[] {
  const where = moduleByCheck(site);
  const known = checksOf(site).filter((c) => c.type === "reflection");
  const keys = Object.keys(p.notes).filter((k) => p.notes[k]!.text.trim() !== "" && !stands(site, k));
  const order = (id: string) => known.findIndex((c) => c.id === id);
  const rank = (id: string) => (order(id) < 0 ? known.length : order(id));
  keys.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return keys.map((id) =>
    note(
      app,
      known.find((c) => c.id === id),
      where.get(id),
      p.notes[id]!,
      id.slice(id.lastIndexOf(":") + 1),
    ),
  );
}

/** Whether what was noted under a key is shown by a reading list or a form of the handbook. */
function stands(site: SiteData, key: string): boolean {
  return site.modules.some(
    (m) =>
      m.items?.some((i) => noteKey.item(m.id, i.id) === key) ||
      // A cell of a table has the name of its field, and where it is in it.
      Object.keys(m.fields ?? {}).some((f) => `${key}.`.startsWith(noteKey.field(m.id, f) + ".")),
  );
}

function note(
  app: App,
  check: CheckData | undefined,
  module: ModuleData | undefined,
  n: { at: string; text: string },
  id: string,
): HTMLElement {
  const box = element("article", "panel2 entry");
  const head = element("h3");
  if (check && module) head.append(link(app, `${module.url}#${encodeURIComponent(id)}`, check.title || module.title));
  else head.textContent = id;
  const meta = [app.say("progress.note.on", dayIn(app, n.at)), ...(module ? [module.title] : [app.say("progress.gone")])].join(" · ");
  const text = typed(n.text);
  box.classList.toggle("gone", !check);
  box.append(head, element("p", "meta", meta), text);
  return box;
}

/** What the learner typed, with its lines. */
function typed(text: string): HTMLElement {
  const p = element("p", "own");
  p.dir = "auto";
  text.split("\n").forEach((line, i) => p.append(...(i > 0 ? [element("br")] : []), line));
  return p;
}

function reading(app: App, site: SiteData, p: Progress): Node[] {
  return site.modules.flatMap((m) => {
    const items = m.items ?? [];
    const done = items.filter((i) => marked(p, markKey.item(m.id, i.id)));
    const noted = items.filter((i) => own(p.notes, noteKey.item(m.id, i.id))?.text.trim());
    if (done.length === 0 && noted.length === 0) return [];
    const box = element("article", "panel2");
    const head = element("h3");
    head.append(link(app, m.url, m.title));
    box.append(head, element("p", "meta", app.say.count("reading.count", items.length, done.length)));
    for (const i of noted) {
      box.append(element("p", "nt", i.title), typed(p.notes[noteKey.item(m.id, i.id)]!.text));
    }
    return [box];
  });
}

function forms(app: App, site: SiteData, p: Progress): Node[] {
  return site.modules.flatMap((m) => {
    if (m.kind !== "form") return [];
    const typed = Object.keys(p.notes).some((k) => k.startsWith(noteKey.field(m.id, "")) && p.notes[k]!.text.trim() !== "");
    const signed = marked(p, markKey.signed(m.id));
    if (!typed && !signed) return [];
    const row = element("p", "row");
    const state = signed
      ? app.say("form.signed", dayIn(app, own(p.marks, markKey.signed(m.id))!.at))
      : app.say(marked(p, markKey.filled(m.id)) ? "progress.filled" : "state.started");
    row.append(link(app, m.url, m.title), " ", element("span", "meta", state));
    return [row];
  });
}

function sure(app: App, site: SiteData, p: Progress): Node[] {
  const levels = calibration(p, site);
  if (levels.every((l) => l.of === 0)) return [];
  const name = (level: number) => app.say("progress.sure." + level);
  const words = levels.map((l) => app.say("progress.sure.row", name(l.level), l.right, l.of));
  const share = (l: { right: number; of: number }) => (l.of ? l.right / l.of : 0);
  const rows = levels.map((l) => [name(l.level), String(l.right), String(l.of)]);
  const heads = [app.say("progress.sure.level"), app.say("progress.sure.right"), app.say("progress.sure.of")];
  return [bars(words.join(". "), levels.map(share)), table(app.say("progress.sure.caption"), heads, rows)];
}

function rated(app: App, site: SiteData, p: Progress): Node[] {
  const list = ratings(p, site);
  if (list.length === 0) return [];
  const words = (scale: string[], n: number | null) => (n === null ? "–" : scale[n] ? `${n + 1}: ${scale[n]}` : String(n + 1));
  const title = (c: CheckData) => c.title || c.id;
  const rows = list.map((r) => [title(r.check), words(r.scale, r.before), words(r.scale, r.after)]);
  const label = list
    .map((r) => `${title(r.check)} ${r.before === null ? "–" : r.before + 1} → ${r.after === null ? "–" : r.after + 1}`)
    .join(". ");
  const points = Math.max(2, ...list.map((r) => r.scale.length));
  const heads = [app.say("progress.ratings.what"), app.say("progress.ratings.before"), app.say("progress.ratings.after")];
  return [pairs(label, points, list), table(app.say("progress.ratings.caption"), heads, rows)];
}
