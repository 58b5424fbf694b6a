// How a hit looks, in the dialog and on the index page. Data becomes text, never markup.
import { element } from "../page";
import type { Title } from "./files";
import type { Shown } from "./finder";
import type { Part } from "./passage";

/** Puts a title, its kind and the section into a parent. The rest comes with show. */
export function drawTitle(into: Element, title: Title, kind: string, name: HTMLElement): void {
  name.textContent = title.title;
  const meta = element("span", "meta", kind);
  // A site may have pages in several languages: each text runs its own way, so that its full stop stands at its end.
  name.dir = meta.dir = "auto";
  into.append(name, " ", meta);
}

/** Adds the section and the passage to what drawTitle drew. */
export function drawPassage(into: Element, shown: Shown): void {
  const meta = into.querySelector(".meta");
  if (meta && shown.section.heading) meta.textContent = [meta.textContent, shown.section.heading].filter((t) => t).join(" · ");
  if (shown.parts.length === 0) return;
  const passage = element("span", "passage");
  passage.dir = "auto";
  passage.append(...shown.parts.map(drawPart));
  into.append(" ", passage);
}

function drawPart(part: Part): Node {
  return part.hit ? element("mark", "", part.text) : document.createTextNode(part.text);
}

/** The address of a section that answers. */
export function addressOf(root: string, title: Title, shown: Shown | undefined): string {
  return root + title.url + (shown?.section.id ? "#" + encodeURIComponent(shown.section.id) : "");
}
