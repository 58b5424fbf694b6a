// Files that a learner reads in come from anywhere: they are looked at before they are parsed.
import { type Read, fromText } from "./read";

/** Larger or deeper files are refused. A file of this site with sixty modules has some hundred kilobytes and a depth of seven. */
export const FILE_LIMITS = { length: 5_000_000, depth: 12 };

export function importText(text: string, site: string): Read {
  if (text.length > FILE_LIMITS.length || depth(text) > FILE_LIMITS.depth) return { refused: "damaged" };
  return fromText(text.replace(/^\ufeff/, ""), site);
}

/** How deep brackets nest in a JSON text, strings left out; JSON.parse itself might not survive very deep ones. */
function depth(text: string): number {
  let deepest = 0;
  let now = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (quoted) {
      if (c === 92) i++;
      else if (c === 34) quoted = false;
    } else if (c === 34) quoted = true;
    else if (c === 123 || c === 91) deepest = Math.max(deepest, ++now);
    else if (c === 125 || c === 93) now--;
  }
  return deepest;
}
