// English inflections, cut off as internal/search/stem.go does. The cases in internal/search/testdata/contract/words.json hold for both.

/** Words that say nothing about a page: a query asks for them only if it has no other words. */
export const stops = new Set(
  `a about an and any are arent as at be been but by can cant could did didnt do does doesnt dont for from had has have he her
	him his how i if im in into is isnt it its ive me my no not of on or our ours she should so some than that the their them then there these
	they theyre this those to too us was we were weve what when where which who whom why will with wont would you your youre yours`.split(
    /\s+/,
  ),
);

/** The stem of a folded English word; words with anything but the letters a to z come back as they are. */
export function stem(word: string): string {
  if (word.length < 3 || /[^a-z]/.test(word)) return word;
  let w = present(singular(word));
  if (w.length > 2 && w.endsWith("e") && /[aeiouy]/.test(w.slice(0, -1))) w = w.slice(0, -1);
  if (w.length > 2 && /([^saeiou])\1$/.test(w)) w = w.slice(0, -1);
  return oneSpelling(w);
}

function singular(w: string): string {
  if (w.length < 4 || !w.endsWith("s") || /[su]s$/.test(w)) return w;
  if (w.endsWith("ies") && w.length > 4) return w.slice(0, -3) + "y";
  if (w.endsWith("sis")) return w.slice(0, -2);
  return w.endsWith("is") ? w : w.slice(0, -1);
}

function present(w: string): string {
  if (w.endsWith("eed")) return w.length > 5 && /[rt]eed$/.test(w) ? w.slice(0, -1) : w;
  if (/.ied$/.test(w)) return w.length > 4 ? w.slice(0, -3) + "y" : w.slice(0, -1);
  if (w.length > 3 && w.endsWith("ed") && /[aeiouy]/.test(w.slice(0, -2))) return w.slice(0, -2);
  if (w.length > 4 && w.endsWith("ing") && /[aeiouy]/.test(w.slice(0, -3))) return w.slice(0, -3);
  return w;
}

function oneSpelling(w: string): string {
  if (w.length > 4 && /[iy]z$/.test(w)) return w.slice(0, -1) + "s";
  if (w.length > 4 && w.endsWith("our")) return w.slice(0, -2) + "r";
  if (w === "practis") return "practic";
  return w.replace(/(.i)z(ation[^z]*)$/, "$1s$2");
}
