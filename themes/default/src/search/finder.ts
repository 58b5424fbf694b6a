// Finds pages: loads the files that a query needs, once each, and asks query.ts and rank.ts.
import { type Meta, type Shard, type Title, inflate, numbers, shard, slug, termFile, titles } from "./files";
import { type PageText, type Part, type Section, passage, section } from "./passage";
import { type Asked, ask, filesFor, filesNear, matches } from "./query";
import { type Hit, rank } from "./rank";
import { stops } from "./stem";
import { folded, pieces, term } from "./words";

/** Loads a file of the index by its name ("t-co") and returns what it called waymark.search with. fresh goes round what the browser has kept. */
export type Load = (name: string, fresh: boolean) => Promise<unknown[]>;

export interface Filter {
  /** Ids; empty: all. */
  role: string;
  kind: string;
}

export interface Found {
  /** All pages that answer, the best first. */
  hits: Hit[];
  /** The terms that were looked for, each with the number of its word. */
  terms: Map<string, number>;
}

/** What is shown of a hit. */
export interface Shown {
  section: Section;
  parts: Part[];
}

/** The files are of two builds. */
class Mixed extends Error {}

/** What a plain page's score comes to beside that of a module. */
const plain = 0.6;

export class Finder {
  private files = new Map<string, Promise<unknown[]>>();
  private shards = new Map<number, Promise<Shard>>();
  private blocks = new Map<number, Promise<Title[]>>();
  private texts = new Map<number, Promise<PageText[]>>();
  private stamp = "";
  private fresh = false;
  /** Set once meta.js is there. */
  meta: Meta | null = null;
  /** How many files were asked for. */
  requests = 0;

  constructor(private readonly load: Load) {}

  /** What every query needs. Called when the search opens, so that it is there when the first word is. */
  async ready(): Promise<Meta> {
    const [, , meta] = await this.file("meta");
    return (this.meta ??= meta as Meta);
  }

  /** The pages that answer a query. Rejects when the index cannot be loaded. */
  async find(query: string, filter: Filter = { role: "", kind: "" }): Promise<Found> {
    return this.again(async () => {
      const meta = await this.ready();
      const asked = ask(query, meta.langs);
      const starts = meta.terms.split(" ");
      if (meta.docs === 0) return { hits: [], terms: new Map() };
      const [wanted, ...words] = await Promise.all([this.wanted(meta, filter), ...asked.map((a) => this.word(a, starts))]);
      const terms = new Map<string, number>();
      words.forEach((found, word) => found.forEach((m) => terms.has(m.term) || terms.set(m.term, word)));
      const hits = rank(words, meta.docs, wanted);
      await this.polish(hits, asked, meta);
      return { hits, terms };
    });
  }

  /** Puts the first hits in a finer order, by what the index does not know and titles say: whether they have the words as they were typed (matching, not
   * match), and little else; and by their kind: plain pages are about the handbook, or explain its words, and give way to modules. On large sites only
   * titles that are shown are looked at, for each may be in a file of its own. */
  private async polish(hits: Hit[], asked: Asked[], meta: Meta): Promise<void> {
    const first = hits.slice(0, meta.titles ? 7 : 30);
    const titles = await Promise.all(first.map((h) => this.title(h.page)));
    first.forEach((h, i) => {
      const title = Array.from(pieces(titles[i]!.title), folded).filter((w) => !stops.has(w));
      const same = asked.filter((a) => title.includes(a.word)).length;
      const share = title.filter((w) => asked.some((a) => a.forms.includes(w) || a.langs.some((l) => a.forms.includes(term(w, l))))).length;
      h.score *= 1 + (0.06 * same) / asked.length + (0.06 * share) / Math.max(title.length, 1);
      if (meta.kinds[titles[i]!.kind]?.[0] === "page") h.score *= plain;
    });
    hits.splice(0, first.length, ...first.sort((a, b) => b.score - a.score || a.page - b.page));
  }

  private async word(a: Asked, starts: string[]) {
    const files = filesFor(a, starts);
    const load = (files: number[]) => Promise.all(files.map((n) => this.shard(n, starts)));
    const found = matches(a, await load(files));
    if (found.length > 0) return found;
    const near = filesNear(a, starts).filter((n) => !files.includes(n));
    return near.length > 0 ? matches(a, await load(near.slice(0, 2))) : found;
  }

  private shard(n: number, starts: string[]): Promise<Shard> {
    return once(this.shards, n, async () => {
      const [, , start, ...parts] = await this.file(termFile(starts[n]!));
      // The files of terms were cut otherwise in another build.
      if (start !== starts[n]) throw new Mixed();
      return shard(...(parts as [string, string, string, string]));
    });
  }

  /** Which pages the filter lets through. */
  private async wanted(meta: Meta, filter: Filter): Promise<(page: number) => boolean> {
    if (!filter.role && !filter.kind) return () => true;
    const [kinds, sets] = (await this.file(meta.titles ? "f" : "meta")).slice(meta.titles ? 2 : 5).map((s) => numbers(String(s)));
    const kind = filter.kind ? meta.kinds.findIndex((k) => k[0] === filter.kind) + 1 : -1;
    const role = String(meta.roles.findIndex((r) => r[0] === filter.role));
    const seen = meta.sets.map((s) => !filter.role || s === "" || s.split(" ").includes(role));
    return (page) => (kind < 0 || kinds![page] === kind) && seen[sets![page]!] === true;
  }

  /** The title of a page. */
  async title(page: number): Promise<Title> {
    return this.again(async () => {
      const meta = await this.ready();
      const size = meta.titles || meta.docs;
      const n = Math.floor(page / size);
      const block = await once(this.blocks, n, async () => {
        const args = await this.file(meta.titles ? `m-${n}` : "meta");
        const [texts, urls, kinds] = args.slice(3).map(String) as [string, string, string];
        return titles(texts, urls, numbers(kinds));
      });
      return block[page % size] ?? Promise.reject(new RangeError("damaged index"));
    });
  }

  /** Where the text of a page is: pages of equal blocks are loaded together. */
  block(page: number): number {
    return Math.floor(page / (this.meta?.text ?? 1));
  }

  /** Whether the text of a page is there, or on its way. */
  has(page: number): boolean {
    return this.files.has(`x-${this.block(page)}`);
  }

  /** The section that answers, and the passage in it that matched. */
  async passage(hit: Hit, terms: Map<string, number>, length?: number): Promise<Shown> {
    const meta = await this.ready();
    const n = this.block(hit.page);
    const pages = await once(this.texts, n, async () => JSON.parse(await inflate(String((await this.file(`x-${n}`))[3]))) as PageText[]);
    const page = pages[hit.page % meta.text] ?? [];
    const here = section(page, hit.section, slug);
    let best = passage(here.text, terms, meta.langs, length);
    // The title or heading matched and the text under it has none of the words: another section may show them.
    for (let i = 0; best.words === 0 && i * 3 < page.length; i++) {
      if (i === hit.section) continue;
      const other = passage(section(page, i, slug).text, terms, meta.langs, length);
      if (other.words > 0) best = other;
    }
    return { section: here, parts: best.parts };
  }

  private file(name: string): Promise<unknown[]> {
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
  private async again<T>(work: () => Promise<T>): Promise<T> {
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
        this.texts.clear();
        this.meta = null;
      }
      return work();
    }
  }
}

/** Does the work for a key once; what failed may be tried again. */
function once<K, V>(map: Map<K, Promise<V>>, key: K, work: () => Promise<V>): Promise<V> {
  let p = map.get(key);
  if (!p) {
    p = work();
    map.set(key, p);
    p.catch(() => map.get(key) === p && map.delete(key));
  }
  return p;
}
