// The dialog: a combobox whose list box shows the best seven hits. open.ts shows it.
import { element, find, type Said } from "../page";
import { type Filter, Finder, type Found, type Shown } from "./finder";
import type { Title } from "./files";
import type { Hit } from "./rank";
import { addressOf, drawPassage, drawTitle } from "./hits";
import { fillFilters, long } from "./fields";

/** At most so many hits are shown. */
const MOST = 7;
/** What a first query may cost: so many files in all. Small sites may load what they like. */
const REQUESTS = 5;
const SMALL = 500;
/** Milliseconds of rest after which a query is looked for, and passages are loaded. */
const REST = 150;
const READ = 300;

interface Row {
  option: HTMLElement;
  hit: Hit;
  title: Title;
  shown?: Shown;
  /** The passage on its way. */
  coming?: Promise<void>;
}

export class Dialog {
  private readonly field: HTMLInputElement;
  private readonly list: HTMLElement;
  private readonly status: HTMLElement | null;
  private found: Found | null = null;
  private rows: Row[] = [];
  /** The last option, if there are more hits than fit. */
  private more: HTMLElement | null = null;
  private active = -1;
  private query = "";
  private asked = 0;
  private timer = 0;
  private reading = 0;
  /** The list that is shown, or on its way. */
  private current: Promise<void> = Promise.resolve();
  private first = true;

  constructor(
    private readonly dialog: HTMLDialogElement,
    private readonly finder: Finder,
    private readonly root: string,
    /** Address of the page that lists everything. */
    private readonly full: string,
    private readonly say: Said,
  ) {
    this.field = find<HTMLInputElement>(dialog, "[role=combobox]")!;
    this.list = find(dialog, "[role=listbox]")!;
    this.status = find(dialog, "[data-search-status]");
  }

  /** Joins the dialog. Throws when it is not what MARKUP.md says. */
  wake(): void {
    this.field.addEventListener("input", () => this.later());
    this.field.addEventListener("keydown", (e) => this.key(e));
    this.dialog.addEventListener("change", (e) => e.target instanceof HTMLSelectElement && this.run());
    this.list.addEventListener("pointerover", () => this.readAll());
    this.list.addEventListener("mousedown", (e) => e.preventDefault()); // the focus stays in the field
    this.list.addEventListener("click", (e) => this.click(e));
    this.list.addEventListener("auxclick", (e) => e.button === 1 && this.click(e));
    this.finder.ready().then(
      (meta) => fillFilters(this.dialog, meta),
      () => undefined, // said when something is looked for
    );
    this.run();
  }

  private later(): void {
    clearTimeout(this.timer);
    clearTimeout(this.reading);
    this.timer = window.setTimeout(() => this.run(), REST);
  }

  /** Looks for what stands in the field. */
  private run(): void {
    clearTimeout(this.timer);
    clearTimeout(this.reading);
    this.current = this.look(this.field.value, ++this.asked);
  }

  private filter(): Filter {
    return {
      role: find<HTMLSelectElement>(this.dialog, "[data-search-role]")?.value ?? "",
      kind: find<HTMLSelectElement>(this.dialog, "[data-search-kind]")?.value ?? "",
    };
  }

  private async look(query: string, turn: number): Promise<void> {
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
      const titles = await Promise.all(hits.map((h) => this.finder.title(h.page)));
      if (turn !== this.asked) return;
      this.draw(
        hits.map((hit, i) => ({ option: element("li"), hit, title: titles[i]! })),
        found,
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

  private tell(text: string): void {
    if (this.status && this.status.textContent !== text) this.status.textContent = text;
  }

  private draw(rows: Row[], found: Found | null): void {
    this.rows = rows;
    this.found = found;
    this.list.textContent = "";
    this.more = null;
    rows.forEach((row, i) => {
      option(row.option, `search.hit.${i}`);
      drawTitle(row.option, row.title, this.finder.meta, element("b"));
      this.list.append(row.option);
    });
    if (found && found.hits.length > rows.length) {
      this.more = element("li", "all", this.say.count("search.all", found.hits.length));
      option(this.more, "search.hit.all");
      this.list.append(this.more);
    }
    this.list.hidden = rows.length === 0;
    this.field.setAttribute("aria-expanded", String(rows.length > 0));
    this.choose(-1);
  }

  private options(): HTMLElement[] {
    return [...this.rows.map((r) => r.option), ...(this.more ? [this.more] : [])];
  }

  private choose(n: number): void {
    this.options().forEach((o, i) => o.setAttribute("aria-selected", String(i === n)));
    this.active = n;
    const option = this.options()[n];
    if (!option) return this.field.removeAttribute("aria-activedescendant");
    this.field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  private key(e: KeyboardEvent): void {
    if (e.isComposing) return;
    const n = this.options().length;
    switch (e.key) {
      case "ArrowDown":
      case "ArrowUp":
        e.preventDefault();
        if (n === 0) return;
        this.readAll();
        // From the field down to the first, up to the last, and over the ends back to the field.
        this.choose(((this.active + 1 + (e.key === "ArrowDown" ? 1 : n) + n + 1) % (n + 1)) - 1);
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

  /** Opens what is chosen, else the first hit: also when it is still on its way, unless another is looked for by then. */
  private async enter(apart: boolean): Promise<void> {
    const { value } = this.field;
    if (value.trim() !== this.query) this.run();
    await this.current;
    if (this.field.value !== value) return;
    const n = Math.max(this.active, 0);
    if (n < this.options().length) await this.open(n, apart);
  }

  private click(e: MouseEvent): void {
    const option = e.target instanceof Element ? e.target.closest("[role=option]") : null;
    const n = this.options().findIndex((o) => o === option);
    if (n >= 0) void this.open(n, e.button === 1 || e.ctrlKey || e.metaKey);
  }

  private async open(n: number, apart: boolean): Promise<void> {
    const row = this.rows[n];
    let to: string;
    if (row) {
      // Without its text the section is not known by name. It is worth a moment, not more.
      await Promise.race([this.passage(row), new Promise((done) => setTimeout(done, 800))]);
      to = addressOf(this.root, row.title, row.shown);
    } else {
      to = `${this.full}?q=${encodeURIComponent(this.query)}`;
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
  private read(found: Found): void {
    if (found !== this.found) return;
    let left = (this.finder.meta?.docs ?? 0) <= SMALL ? MOST : this.first ? REQUESTS - 1 - this.finder.requests : 2;
    this.first = false;
    for (const row of this.rows) {
      if (!this.finder.has(row.hit.page) && left-- <= 0) break;
      void this.passage(row);
    }
  }

  private readAll(): void {
    for (const row of this.rows) void this.passage(row);
  }

  private passage(row: Row): Promise<void> {
    const found = this.found;
    if (!found) return Promise.resolve();
    return (row.coming ??= this.finder.passage(row.hit, found.terms).then(
      (shown) => {
        row.shown = shown;
        drawPassage(row.option, row.title, this.finder.meta, shown);
      },
      () => undefined, // a hit without a passage is a hit
    ));
  }
}

function option(e: HTMLElement, id: string): void {
  e.id = id;
  e.setAttribute("role", "option");
  e.setAttribute("aria-selected", "false");
}
