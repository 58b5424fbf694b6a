// Which pages answer best. Like BM25: rare words weigh more, repeating a word soon counts no more; the index has done that last part and
// says for each section in eight levels how much it says of a term, title and headings included.
import type { Match } from "./query";

/** One page that answers, and its section that answers best. */
export interface Hit {
  page: number;
  section: number;
  score: number;
  /** How many of the words of the query the page has. */
  words: number;
}

/** The weights of the levels: see thresholds in internal/search/page.go. */
const weights = [1, 1.5, 2.2, 3.3, 5, 7.4, 11, 16];
/** From this level on a term stands in the title or heading. */
const heading = 3;
/** So many pages are looked at section by section. */
const near = 500;

/** All pages that have one of the words, the best first. words are for each word of the query the terms that answer it; docs is the number of
 * pages of the site; wanted leaves pages out. Equals stand in the order of the site. */
export function rank(words: Match[][], docs: number, wanted: (page: number) => boolean = () => true): Hit[] {
  const asked = words.filter((w) => w.length > 0);
  const scores = new Float64Array(docs);
  const having = new Uint8Array(docs);
  const rare: number[] = [];
  for (const matches of asked) {
    // What the page says of the word where it says most.
    const best = new Float64Array(docs);
    let pages = 0;
    each(matches, docs, (page, _, __, weight) => {
      if (best[page] === 0) pages++;
      if (weight > best[page]!) best[page] = weight;
    });
    const r = Math.log(1 + (docs - pages + 0.5) / (pages + 0.5));
    rare.push(r);
    for (let p = 0; p < docs; p++) {
      if (best[p] === 0) continue;
      having[p]!++;
      scores[p]! += r * best[p]!;
    }
  }

  const hits: Hit[] = [];
  for (let page = 0; page < docs; page++) {
    if (having[page] === 0 || !wanted(page)) continue;
    // A page without one of the words loses much.
    hits.push({ page, section: 0, words: having[page]!, score: scores[page]! * (having[page]! / asked.length) ** 2 });
  }
  const order = (a: Hit, b: Hit) => b.score - a.score || a.page - b.page;
  hits.sort(order);
  const first = hits.slice(0, near);
  bySection(first, asked, rare, docs);
  return first.sort(order).concat(hits.slice(near));
}

/** Adds to the scores what words say that stand together in one section, and finds the section that answers best. */
function bySection(hits: Hit[], asked: Match[][], rare: number[], docs: number): void {
  const slots = new Int32Array(docs).fill(-1);
  hits.forEach((h, i) => (slots[h.page] = i));
  const sections = hits.map(() => new Map<number, { score: number; titled: number; word: number; weight: number; level: number }>());
  asked.forEach((matches, word) => {
    each(matches, docs, (page, section, level, weight) => {
      const of = sections[slots[page]!];
      if (!of) return;
      let s = of.get(section);
      if (!s) of.set(section, (s = { score: 0, titled: 0, word: -1, weight: 0, level: 0 }));
      // Of several terms for one word the best counts.
      if (s.word !== word) {
        s.word = word;
        s.weight = 0;
        s.level = 0;
      }
      if (weight > s.weight) {
        s.score += rare[word]! * (weight - s.weight);
        s.weight = weight;
      }
      if (level >= heading && s.level < heading) s.titled++;
      s.level = Math.max(s.level, level);
    });
  });
  hits.forEach((h, i) => {
    let top = -1;
    for (const [section, s] of sections[i]!) {
      // A title or heading with all the words is what was asked for.
      const score = asked.length > 1 && s.titled === asked.length ? s.score * 3 : s.score;
      if (score > top + 1e-9 || (score > top - 1e-9 && section < h.section)) {
        top = score;
        h.section = section;
      }
    }
    h.score += top * (h.words / asked.length) ** 2;
  });
}

/** Calls for every place of every term. Pages that the site does not have are left out. */
function each(matches: Match[], docs: number, call: (page: number, section: number, level: number, weight: number) => void): void {
  for (const m of matches) {
    const { page, section, level } = m.shard.postings[m.at]!;
    for (let i = 0; i < page.length; i++) if (page[i]! < docs) call(page[i]!, section[i]!, level[i]!, m.weight * weights[level[i]!]!);
  }
}
