// The page as a stop of another path than the one it was written for: the path beside the text, the other paths, back and on.
import type { App } from "../app";
import type { LinkData, PlaceData } from "../contract";
import { element, find, icon } from "../page";

/** Shows where the page stands in the reader's path. The page's own place, usual, becomes one of the others. */
export function showPlace(app: App, place: PlaceData, usual: PlaceData): void {
  showRail(app, place);
  showOthers(app, place, usual);
  showPager(app, place);
}

function link(app: App, { title, url }: LinkData): HTMLAnchorElement {
  const a = element("a", "", title);
  a.href = app.page.root + url;
  return a;
}

/** What the page knows of the path: the stop before, itself, the next one; the whole of it is a link away. */
function showRail(app: App, place: PlaceData): void {
  const menu = find(document, ".pathmenu");
  const list = menu && find(menu, "ol.mini");
  const here = app.page.modules?.find((m) => m.id === app.page.id);
  if (!menu || !list || !here) return;
  find(menu, "summary")?.replaceChildren(app.say("way.place", place.number, place.of, place.title));
  find(menu, "h2")?.replaceChildren(link(app, place));
  find(menu, "[data-progress-text]")?.remove();
  const stops = element("ul", "siblings");
  for (const stop of [place.prev, here, place.next]) {
    if (!stop) continue;
    const li = element("li");
    const a = link(app, stop);
    if (stop === here) {
      a.setAttribute("aria-current", "page");
      if (place.stage) li.append(element("span", "stagename", place.stage));
    }
    li.append(a);
    stops.append(li);
  }
  const whole = element("p", "meta");
  whole.append(link(app, { title: app.say("way.whole"), url: place.url }));
  list.replaceWith(stops, whole);
}

function showOthers(app: App, place: PlaceData, usual: PlaceData): void {
  const row = find(document, `.others [data-path="${CSS.escape(place.id)}"]`);
  if (!row) return;
  row.dataset["path"] = usual.id;
  const where = app.say("way.number", usual.number, usual.of) + (usual.optional ? ", " + app.say("way.optional") : "");
  row.replaceChildren(link(app, usual), " ", element("span", "meta", where));
}

/** As parts/pager.html draws it: behind the last stop come the path and its certificate. */
function showPager(app: App, place: PlaceData): void {
  const pager = find(document, "nav.pager");
  if (!pager) return;
  const step = (to: LinkData | undefined, way: "prev" | "next" | "end" | "award") => {
    if (!to) return [];
    const a = link(app, to);
    a.className = way === "prev" ? "prev" : "next";
    const words = element("span", "meta");
    if (way === "prev") words.append(icon("left"), " ", app.say("way.prev"));
    else words.append(app.say("way." + way), " ", icon("right"));
    a.replaceChildren(words, element("b", "", to.title));
    return [a];
  };
  pager.replaceChildren(
    ...step(place.prev, "prev"),
    ...(place.next ? step(place.next, "next") : [...step(place, "end"), ...step(place.award, "award")]),
  );
}
