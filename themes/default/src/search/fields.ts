// What the dialog and the index page do alike with their fields.
import { element, find } from "../page";
import type { Meta } from "./files";

/** Whether there is enough to look for: two letters, or one character of a script in which that is a word. */
export function long(query: string): boolean {
  return Array.from(query).length > 1 || /[\u2e80-\uffff\u{20000}-\u{3ffff}]/u.test(query);
}

/** Fills the filters from the index. A filter with nothing to choose is hidden with its label. */
export function fillFilters(root: ParentNode, meta: Meta): void {
  fill(find<HTMLSelectElement>(root, "[data-search-role]"), meta.roles);
  fill(find<HTMLSelectElement>(root, "[data-search-kind]"), meta.kinds);
}

function fill(select: HTMLSelectElement | null, names: [string, string][]): void {
  if (!select || select.options.length > 1) return;
  for (const [id, title] of names) {
    const o = element("option", "", title);
    o.value = id;
    select.append(o);
  }
  const label = select.closest("label");
  if (label) label.hidden = names.length < 2;
}
