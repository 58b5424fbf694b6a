// The index page with ?q=: all hits, some at a time, above the list of all pages.
import { button, element, find, type Said } from "../page";
import { fillFilters, long } from "./fields";
import type { Finder, Found } from "./finder";
import { addressOf, drawPassage, drawTitle } from "./hits";
import { filters } from "./shell";

/** So many hits are added at a time, with their passages. */
const STEP = 10;

export class Results {
  private readonly box = element("section", "searched");
  private readonly status = element("p", "meta");
  private readonly list = element("ol", "hits results");
  private readonly more: HTMLButtonElement;
  private readonly field = element("input", "field");
  private found: Found | null = null;
  private shown = 0;
  private asked = 0;
  private timer = 0;

  constructor(
    private readonly finder: Finder,
    private readonly root: string,
    private readonly say: Said,
  ) {
    this.more = button("btn quiet", say("search.more"), () => void this.add());
  }

  /** Adds the results to the page, after its heading. */
  wake(main: HTMLElement, query: string): void {
    const box = this.box;
    box.setAttribute("aria-label", this.say("search.title"));
    this.field.type = "search";
    this.field.value = query;
    this.field.autocomplete = "off";
    this.field.setAttribute("aria-label", this.say("search.words"));
    this.field.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.look(), 200);
    });
    const chosen = filters(this.say);
    chosen.addEventListener("change", () => this.look());
    this.status.setAttribute("role", "status");
    this.more.hidden = true;
    box.append(this.field, chosen, this.status, this.list, this.more);
    const head = find(main, ".modhead") ?? find(main, "h1");
    if (head) head.after(box);
    else main.prepend(box);
    this.finder.ready().then(
      (meta) => fillFilters(chosen, meta),
      () => undefined,
    );
    void this.look();
  }

  private async look(): Promise<void> {
    const turn = ++this.asked;
    const query = this.field.value.trim();
    const filter = {
      role: find<HTMLSelectElement>(this.box, "[data-search-role]")?.value ?? "",
      kind: find<HTMLSelectElement>(this.box, "[data-search-kind]")?.value ?? "",
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
  private async add(): Promise<void> {
    const { found, finder } = this;
    if (!found) return;
    const turn = this.asked;
    const from = this.shown;
    const hits = found.hits.slice(from, from + STEP);
    this.shown += hits.length; // before anything is waited for: the button may be pressed twice
    const titles = await Promise.all(hits.map((h) => finder.title(h.page)));
    if (turn !== this.asked) return;
    let first: HTMLAnchorElement | null = null;
    hits.forEach((hit, i) => {
      const title = titles[i]!;
      const item = element("li");
      const link = element("a");
      link.href = addressOf(this.root, title, undefined);
      drawTitle(item, title, finder.meta, link);
      this.list.append(item);
      first ??= link;
      finder.passage(hit, found.terms, 240).then(
        (shown) => {
          link.href = addressOf(this.root, title, shown);
          drawPassage(item, title, finder.meta, shown);
        },
        () => undefined,
      );
    });
    if (from > 0) (first as HTMLAnchorElement | null)?.focus();
    this.more.hidden = this.shown >= found.hits.length;
  }
}

/** Keeps the query in the address, so that the page can be reloaded and passed on. */
function remember(query: string): void {
  try {
    history.replaceState(null, "", "?q=" + encodeURIComponent(query));
  } catch {
    // Some browsers do not allow it from file://.
  }
}
