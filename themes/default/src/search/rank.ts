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

/** More sections than any page has: places are numbered page * wide + section. */
const wide = 1 << 20;

/** All pages that have one of the words, the best first. words are for each word of the query the terms that answer it; docs is the number of
 * pages of the site; wanted leaves pages out. Equals stand in the order of the site. */
export function rank(words: Match[][], docs: number, wanted: (page: number) => boolean = () => true): Hit[] {
  const pages = new Map<number, { words: number; score: number }>();
  const places = new Map<number, number>();
  const titled = new Map<number, number>();
  let asked = 0;
  for (const matches of words) {
    const best = bestPlaces(matches);
    if (best.size === 0) continue;
    asked++;
    const having = new Map<number, { best: number; sum: number }>();
    for (const [place, { weight }] of best) {
      const page = Math.floor(place / wide);
      const h = having.get(page);
      if (!h) having.set(page, { best: weight, sum: weight });
      else {
        h.best = Math.max(h.best, weight);
        h.sum += weight;
      }
    }
    const rare = Math.log(1 + (docs - having.size + 0.5) / (having.size + 0.5));
    for (const [place, { weight, level }] of best) {
      places.set(place, (places.get(place) ?? 0) + rare * weight);
      if (level >= heading) titled.set(place, (titled.get(place) ?? 0) + 1);
    }
    for (const [page, h] of having) {
      let p = pages.get(page);
      if (!p) pages.set(page, (p = { words: 0, score: 0 }));
      p.words++;
      // A page that comes back to the word in other sections says a little more of it.
      p.score += rare * (h.best + 0.1 * Math.min(h.sum - h.best, 3));
    }
  }

  const top = new Map<number, { section: number; score: number }>();
  for (const [place, sum] of places) {
    // A title or heading with all the words is what was asked for.
    const score = asked > 1 && titled.get(place) === asked ? sum * 2 : sum;
    const page = Math.floor(place / wide);
    const t = top.get(page);
    if (!t || score > t.score + 1e-9 || (score > t.score - 1e-9 && place % wide < t.section)) top.set(page, { section: place % wide, score });
  }
  const hits: Hit[] = [];
  for (const [page, p] of pages) {
    if (!wanted(page)) continue;
    const t = top.get(page)!;
    // Words that stand together in one section count twice; a page without one of the words loses much.
    hits.push({ page, section: t.section, words: p.words, score: (p.score + t.score) * (p.words / asked) ** 2 });
  }
  return hits.sort((a, b) => b.score - a.score || a.page - b.page);
}

/** What a word says at each place: its best term there. */
function bestPlaces(matches: Match[]): Map<number, { weight: number; level: number }> {
  const best = new Map<number, { weight: number; level: number }>();
  for (const m of matches) {
    const at = m.shard.postings[m.at]!;
    for (let i = 0; i < at.page.length; i++) {
      const place = at.page[i]! * wide + at.section[i]!;
      const level = at.level[i]!;
      const weight = m.weight * weights[level]!;
      if (weight > (best.get(place)?.weight ?? 0)) best.set(place, { weight, level });
    }
  }
  return best;
}
