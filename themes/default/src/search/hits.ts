// How a hit looks, in the dialog and on the index page. Data becomes text, never markup.
import { element } from "../page";
import type { Meta, Title } from "./files";
import type { Shown } from "./finder";
import type { Part } from "./passage";

/** Puts a title and its kind into a parent. The rest comes with drawPassage. */
export function drawTitle(into: Element, title: Title, meta: Meta | null, name: HTMLElement): void {
  name.textContent = title.title;
  const kind = element("span", "meta", meta?.kinds[title.kind]?.[1] ?? "");
  into.append(spoken(name, title.lang || meta?.lang), " ", spoken(kind, meta?.lang));
}

/** Adds the section and the passage to what drawTitle drew. */
export function drawPassage(into: Element, title: Title, meta: Meta | null, shown: Shown): void {
  const lang = title.lang || meta?.lang;
  const kind = into.querySelector(".meta");
  if (kind && shown.section.heading) kind.append(kind.textContent ? " · " : "", spoken(element("span", "", shown.section.heading), lang));
  if (shown.parts.length === 0) return;
  const passage = element("span", "passage");
  passage.append(...shown.parts.map(drawPart));
  into.append(" ", spoken(passage, lang));
}

/** A site may have pages in several languages: each text is read in its own, and runs its own way, so that its full stop stands at its end. */
function spoken(e: HTMLElement, lang: string | undefined): HTMLElement {
  if (lang) e.lang = lang;
  e.dir = "auto";
  return e;
}

function drawPart(part: Part): Node {
  return part.hit ? element("mark", "", part.text) : document.createTextNode(part.text);
}

/** The address of a section that answers. */
export function addressOf(root: string, title: Title, shown: Shown | undefined): string {
  return root + title.url + (shown?.section.id ? "#" + encodeURIComponent(shown.section.id) : "");
}
