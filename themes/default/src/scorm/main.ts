// scorm.js: the page with which a learning platform opens a path (waymark export scorm). It shows the site in a frame; what the learner does there is kept as on any host, and
// this page, which sees it change, tells the platform of it. It says what it has to say by showing what stands on it.
import { type Door, loadScript } from "../app";
import type { PathData, SiteData } from "../contract";
import { all, find } from "../page";
import { pathDone } from "../path/ground";
import { reader } from "../progress/kept";
import { dayOf, empty, isEmpty, momentOf } from "../progress/progress";
import { Store, type Trouble } from "../progress/store";
import { MOST_PLACE, held, heldAtOnce, pageAt, score, scoreOf, statusOf, taken } from "./course";
import { type Place, Visit, findAPI } from "./lms";
import { settle } from "./person";

const course = find(document, "[data-site]")!;
const frame = find<HTMLIFrameElement>(course, "iframe")!;
const { site: id, path: pathID, start, data } = course.dataset as Record<string, string>;
const root = new URL(".", document.baseURI).href;
const now = () => momentOf(Date.now());

/** Shows or hides what the page has to say. */
const reveal = (what: string, on = true) => all(document, `[data-said="${what}"]`).forEach((e) => (e.hidden = !on));

/** Reading window.localStorage itself throws where the browser keeps nothing. */
function area(name: "localStorage" | "sessionStorage"): Storage | null {
  try {
    return window[name];
  } catch {
    return null;
  }
}

/** What the site says of itself; null where it does not come. */
async function siteData(): Promise<SiteData | null> {
  const door: Door = (window.waymark = { site: (d) => (door.loaded = d), path: () => undefined });
  await loadScript(data!).catch(() => undefined);
  return door.loaded ?? null;
}

/** Takes up what the platform kept, and tells it from then on what changes. Returns the page to be shown. */
async function follow(visit: Visit, site: SiteData, path: PathData): Promise<string> {
  const troubles = new Set<Trouble>();
  const storage = area("localStorage");
  if (!settle(storage, id!, visit.get("cmi.core.student_id"))) troubles.add("full");
  const store = new Store({
    site: id!,
    storage,
    session: area("sessionStorage"),
    reader,
    now,
    random: () => crypto.getRandomValues(new Uint32Array(1))[0]!,
    trouble: (what) => troubles.add(what),
  });
  const suspended = visit.get("cmi.suspend_data");
  const read = suspended ? await taken(suspended, site, store.get()) : empty();
  const lost = typeof read === "string";
  if (lost) reveal("unread");
  else if (!isEmpty(read)) store.join(read);
  // What the frame cannot keep where it is seen is not known here; and what another learner did is not told of this one.
  if ((["denied", "newer", "full"] as const).some((what) => troubles.has(what))) {
    reveal("unkept");
    return start!;
  }
  report(visit, store, site, path, lost);
  reveal("reports");
  return pageAt(visit.get("cmi.core.lesson_location"), root, site) || start!;
}

/** Tells the platform what there is to tell, now, whenever it changes, and when the learner leaves. lost: what it keeps could not be read; it stays until there is something to take its place. */
function report(visit: Visit, store: Store, site: SiteData, path: PathData, lost: boolean): void {
  let reached = Number(visit.get("cmi.core.score.raw")) || 0;
  const counts = !["browse", "review"].includes(visit.get("cmi.core.lesson_mode"));
  let status = visit.get("cmi.core.lesson_status");
  const today = () => dayOf(now());
  const tell = (values: Record<string, string>) => reveal("failed", !visit.tell(values));
  /** Tells all that can be told without waiting; false: there was no room for what was done. */
  const atOnce = (): boolean => {
    const p = store.get();
    const text = heldAtOnce(site, p, today());
    status = statusOf(status, pathDone(path, site, p));
    reached = Math.max(reached, score(path, site, p) ?? 0);
    tell({
      ...(counts && { "cmi.core.lesson_status": status, ...scoreOf(path, site, p, reached) }),
      ...(text !== null && !(lost && isEmpty(p)) && { "cmi.suspend_data": text }),
      ...placeOf(site),
    });
    return text !== null;
  };
  let turn = 0;
  const show = async () => {
    const mine = ++turn;
    if (atOnce()) return reveal("long", false);
    const text = await held(path, site, store.get(), today());
    if (mine !== turn) return; // more was done meanwhile
    reveal("long", !text?.whole);
    if (text) tell({ "cmi.suspend_data": text.text });
  };
  const look = () => store.changed(null);

  void show();
  store.watch(() => void show());
  addEventListener("storage", (e) => store.changed(e.key));
  document.addEventListener("visibilitychange", look);
  frame.addEventListener("load", () => {
    look();
    atOnce();
  });
  addEventListener("pagehide", () => {
    look();
    atOnce();
  });
}

/** Where the learner is, as the platform keeps it. */
function placeOf(site: SiteData): Record<string, string> {
  try {
    const at = pageAt(frame.contentWindow!.location.href, root, site);
    return at && at.length <= MOST_PLACE ? { "cmi.core.lesson_location": at } : {};
  } catch {
    return {}; // a page of another host
  }
}

/** Lets what leads out of the package open beside it: the frame shows nothing else. */
function keepIn(): void {
  try {
    frame.contentDocument!.addEventListener(
      "click",
      (e) => {
        const a = (e.target as Element).closest<HTMLAnchorElement>("a[href]");
        if (a && /^https?:$/.test(a.protocol) && !a.href.startsWith(root)) Object.assign(a, { target: "_blank", rel: "noopener" });
      },
      true,
    );
  } catch {
    // A page opened from a folder may not be looked into.
  }
}

async function begin(): Promise<void> {
  frame.addEventListener("load", keepIn);
  const visit = Visit.begin(findAPI(window as unknown as Place), Date.now);
  if (!visit) reveal("none");
  frame.src = visit ? await opened(visit) : start!;
}

/** Begins to report a visit, and sees to its end. Returns the page to be shown. */
async function opened(visit: Visit): Promise<string> {
  const site = await siteData();
  const path = site?.paths.find((p) => p.id === pathID);
  if (!site || !path) reveal("failed");
  const at = site && path ? await follow(visit, site, path) : start!;
  addEventListener("pagehide", () => visit.end());
  // What is over cannot be gone back to.
  addEventListener("pageshow", (e) => e.persisted && location.reload());
  return at;
}

void begin();
