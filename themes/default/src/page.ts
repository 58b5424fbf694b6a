// The page as scripts see it: its data, its words, its icons, its Answers section.
import type { Key, PageData } from "./contract";
import { dayOf } from "./progress/progress";

/** The page's data, or null on a page without (or with data that cannot be read). */
export function pageData(): PageData | null {
  try {
    return JSON.parse(find(document, "script#page\\.data")?.textContent ?? "null") as PageData | null;
  } catch {
    return null;
  }
}

/** The text of a message. {0}, {1} are the arguments in their order; a key without its word shows itself, so that it is noticed. */
export type Words = (key: string, ...args: (string | number)[]) => string;

/** Messages by key. count(key, n, …) takes the form `key.one`, `key.few`, `key.other` for n by the rules of the language; {count} is n. */
export function wordsOf(
  strings: Record<string, string>,
  language: string,
): Words & { count: (key: string, n: number, ...args: (string | number)[]) => string } {
  const fill = (text: string, args: (string | number)[], n?: number) =>
    text.replace(/\{(\d+|count)\}/g, (hole, name: string) => String((name === "count" ? n : args[Number(name)]) ?? hole));
  const say: Words = (key, ...args) => fill(strings[key] ?? key, args);
  let plural: Intl.PluralRules | undefined;
  try {
    plural = new Intl.PluralRules(language || "en");
  } catch {
    // An unknown language tag: every number takes the form "other".
  }
  const count = (key: string, n: number, ...args: (string | number)[]) => {
    const form = plural?.select(n) ?? "other";
    return fill(strings[`${key}.${form}`] ?? strings[`${key}.other`] ?? key, args, n);
  };
  return Object.assign(say, { count });
}

export type Said = ReturnType<typeof wordsOf>;

/** A new element with a class and a text. */
export function element<K extends keyof HTMLElementTagNameMap>(tag: K, className = "", text?: string): HTMLElementTagNameMap[K] {
  const e = document.createElement(tag);
  if (className) e.className = className;
  if (text !== undefined) e.textContent = text;
  return e;
}

export function button(className: string, text: string, press: () => void): HTMLButtonElement {
  const b = element("button", className, text);
  b.type = "button";
  b.addEventListener("click", press);
  return b;
}

/** The theme's icon of that name, or nothing. Icons come with the later words. */
export function icon(name: string): Node {
  const svg = window.waymarkWords?.["icon." + name] ?? "";
  return new DOMParser().parseFromString(svg, "text/html").body.firstChild ?? document.createTextNode("");
}

export function find<E extends Element = HTMLElement>(root: ParentNode, selector: string): E | null {
  return root.querySelector<E>(selector);
}

export function all<E extends Element = HTMLElement>(root: ParentNode, selector: string): E[] {
  return Array.from(root.querySelectorAll<E>(selector));
}

/** Says beside the fields of root what becomes of what is typed there; without a text, what the page says of it. */
export function sayKept(root: ParentNode, text?: string): void {
  for (const e of all(root, "[data-kept]")) {
    const own = (e.dataset["kept"] ||= e.textContent!);
    e.textContent = text ?? own;
  }
}

/** A question in a dialog: each of its two buttons closes it, and that for yes then acts. */
export function asked(dialog: HTMLDialogElement, yes: () => void): void {
  for (const b of all(dialog, "[data-yes], [data-no]"))
    b.addEventListener("click", () => {
      dialog.close();
      if ("yes" in b.dataset) yes();
    });
}

/** The Answers section's part for one check: the only place where its texts stand. */
export class Answers {
  private readonly root: HTMLElement | null;

  constructor(readonly id: string) {
    this.root = document.getElementById(id + ".answer");
  }

  /** The key, or null: then the check stays a plain form. */
  key(): Key | null {
    try {
      return JSON.parse(find(this.root ?? document.createElement("p"), "script[data-key]")?.textContent ?? "null") as Key | null;
    } catch {
      return null;
    }
  }

  /** For order and match: the authored position of each item (partner) as the page shows them. */
  shown(): number[] {
    const text = this.root?.dataset["shown"]?.trim();
    return text ? text.split(/\s+/).map(Number) : [];
  }

  /** The right answer of each gap as the author wrote it; "" for one with choices. */
  gaps(): string[] {
    return this.root ? all(this.root, "[data-right] li").map((li) => find(li, "[data-gap]")?.textContent ?? "") : [];
  }

  /** A copy of what stands under an attribute: why of an option, a hint, the explanation. null where the author wrote none. */
  copy(attribute: string, value?: number | string): DocumentFragment | null {
    const selector = value === undefined ? `[data-${attribute}]` : `[data-${attribute}="${value}"]`;
    const from = this.root && find(this.root, selector);
    return from ? copyOf(from) : null;
  }

  /** The comment on a choice of a scenario. */
  comment(scene: string, choice: string): DocumentFragment | null {
    const found =
      this.root &&
      all(this.root, "[data-comment-scene]").find((e) => e.dataset["commentScene"] === scene && e.dataset["commentChoice"] === choice);
    return found ? copyOf(found) : null;
  }
}

function copyOf(from: Element): DocumentFragment {
  const copy = document.createDocumentFragment();
  for (const child of Array.from(from.childNodes)) copy.append(child.cloneNode(true));
  for (const e of Array.from(copy.querySelectorAll("[id]"))) e.removeAttribute("id");
  return copy;
}

/** What stands behind # in the address; as it is when it is not well encoded. */
export function fragment(): string {
  const hash = location.hash.slice(1);
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash;
  }
}

/** Says what happened: an element's only way to the store. */
export function tell<T>(from: EventTarget, detail: T): void {
  from.dispatchEvent(new CustomEvent("waymark", { bubbles: true, detail }));
}

/** A day, or the reader's own day of a moment, in the words of the page's language; the day itself where the browser does not know it. */
export function dayIn(about: { language: string }, moment: string): string {
  const day = dayOf(moment);
  try {
    return new Intl.DateTimeFormat(about.language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(day));
  } catch {
    return day;
  }
}
