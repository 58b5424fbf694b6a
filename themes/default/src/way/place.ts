// Which of the paths that a page belongs to its reader follows.
import type { PlaceData } from "../contract";
import { type Progress, markKey, own } from "../progress/progress";

/** The place of the page in the path that the reader came by; else in the first that the reader has begun and not ended; else none. */
export function placeOf(places: readonly PlaceData[], p: Progress): PlaceData | undefined {
  const way = own(p.marks, markKey.way())?.v;
  const begun = (x: PlaceData) => own(p.paths, x.id)?.started && !own(p.paths, x.id)?.done;
  return places.find((x) => x.id === way) ?? places.find(begun);
}
