// The files of the index, as internal/search writes them: numbers, titles, term files. No file is trusted further than its text goes.

/** The second argument of meta.js. */
export interface Meta {
  docs: number;
  /** Pages of an x file. */
  text: number;
  /** Pages of an m file; 0: all titles stand in meta.js. */
  titles: number;
  /** The language of the site. */
  lang: string;
  /** The kinds of stemming that pages have: "en", "" for none. */
  langs: string[];
  /** Id and title, in the order of the filters. */
  roles: [string, string][];
  kinds: [string, string][];
  /** Sets of roles: numbers joined by blanks. The first is the empty one: for everybody. */
  sets: string[];
  /** Where each term file begins, joined by blanks; the first begins with nothing. */
  terms: string;
}

export interface Title {
  title: string;
  /** The language of the page; empty: that of the site. */
  lang: string;
  /** From the site's root. */
  url: string;
  /** Index in Meta.kinds, -1 for none. */
  kind: number;
}

/** Reads the numbers of a string: see appendNumber in internal/search/js.go. */
export class Numbers {
  private at = 0;
  constructor(private readonly text: string) {}

  get done(): boolean {
    return this.at >= this.text.length;
  }

  digit(): number {
    const c = this.text.charCodeAt(this.at++);
    if (!(c >= 35 && c < 127 && c !== 92)) throw new RangeError("damaged index");
    return c > 92 ? c - 36 : c - 35;
  }

  next(): number {
    const first = this.digit();
    if (first < 75) return first;
    if (first < 87) return 75 + (first - 75) * 91 + this.digit();
    if (first < 90) return 1167 + ((first - 87) * 91 + this.digit()) * 91 + this.digit();
    let v = 0;
    for (let i = 0; i < 4; i++) v = v * 91 + this.digit();
    return 26010 + v;
  }

  /** The rest of the text, up to a blank, which goes with it. */
  word(): string {
    const end = this.text.indexOf(" ", this.at);
    const word = this.text.slice(this.at, end < 0 ? undefined : end);
    this.at = end < 0 ? this.text.length : end + 1;
    return word;
  }
}

export function numbers(text: string): number[] {
  const out: number[] = [];
  for (const n = new Numbers(text); !n.done;) out.push(n.next());
  return out;
}

/** What an x file holds: see internal/search/pack.go. Fails in browsers from before the middle of 2023, whose hits have no sections. */
export function inflate(text: string): Promise<string> {
  const n = new Numbers(text);
  const bytes = new Uint8Array(((text.length >> 1) * 13 + (text.length & 1) * 6) >> 3);
  let at = 0;
  let acc = 0;
  let bits = 0;
  while (!n.done) {
    acc |= n.digit() << bits;
    bits += 6;
    if (!n.done) {
      acc += (n.digit() * 91) << (bits - 6);
      bits += 7;
    }
    for (; bits >= 8; bits -= 8) {
      bytes[at++] = acc;
      acc >>= 8;
    }
  }
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
}

/** Where one term stands: for each place the page, the section and the level. Pages come in their order. */
export interface Postings {
  pages: number;
  page: number[];
  section: number[];
  level: number[];
}

/** A term file, its terms in their order. */
export interface Shard {
  terms: string[];
  postings: Postings[];
}

export function shard(terms: string, pages: string, sections: string, levels: string): Shard {
  const out: Shard = { terms: [], postings: [] };
  const t = new Numbers(terms);
  const p = new Numbers(pages);
  const s = new Numbers(sections);
  const l = new Numbers(levels);
  let last = "";
  while (!t.done) {
    last = last.slice(0, t.next()) + t.word();
    out.terms.push(last);
    const at: Postings = { pages: p.next(), page: [], section: [], level: [] };
    let page = -1;
    for (let i = 0; i < at.pages; i++) {
      page += p.next() + 1;
      let section = 0;
      for (let more = 1; more;) {
        const v = s.next();
        section += v >> 2;
        at.page.push(page);
        at.section.push(section);
        at.level.push(v & 2 ? Math.min(l.digit() + 1, 7) : 0);
        more = v & 1;
      }
    }
    out.postings.push(at);
  }
  return out;
}

/** A block of titles: see pack in internal/search/titles.go. */
export function titles(texts: string, urls: string, kinds: number[]): Title[] {
  let folder = "";
  const packed = urls.split("\n");
  return texts.split("\n").map((text, i) => {
    const [title = "", lang = ""] = text.split("\t");
    let name = packed[i] ?? "";
    const slash = name.lastIndexOf("/") + 1;
    if (slash > 0) {
      folder = slash > 1 ? name.slice(0, slash) : "";
      name = name.slice(slash);
    }
    let end = ".html";
    if (name.endsWith("*")) {
      name = name.slice(0, -1);
      end = "";
    }
    return { title, lang, url: folder + unpack(name, slug(title)) + end, kind: (kinds[i] ?? 0) - 1 };
  });
}

function unpack(name: string, slug: string): string {
  if (name === "") return slug;
  if (name.startsWith("=")) return name.slice(1);
  const words = slug.split("-");
  return name
    .split("-")
    .map((part) => (/^[A-Z]+$/.test(part) ? Array.from(part, (c) => words[c.charCodeAt(0) - 65] ?? "").join("-") : part))
    .join("-");
}

/** The id that a heading most often has: see Slug in internal/search/titles.go. */
export function slug(text: string): string {
  let out = "";
  for (const c of text) {
    if (c === " " || c === "-") out += "-";
    else if (/[\p{L}\p{M}\p{N}_]/u.test(c)) out += lower(c);
  }
  return out;
}

/** Lower case character by character: İ alone would become two. */
function lower(c: string): string {
  const low = c.toLowerCase();
  return Array.from(low).length === 1 ? low : c === "İ" ? "i" : c;
}

/** The name of a term file: see termPath in internal/search/layout.go. */
export function termFile(start: string): string {
  return "t-" + (start === "" ? "_" : Array.from(start, (c) => (c < "\x80" ? c : `_${c.codePointAt(0)!.toString(16)}_`)).join(""));
}
