// Whose progress a browser keeps. All who use one browser have the address of the platform in common, so that what one did would be told of another.
import { digest } from "../progress/link";
import type { Room } from "../progress/store";

/** Sees to it that what is kept for a site is that of a person, whom the platform knows by an id; what belongs to another is laid aside until that one comes again. What is kept without
 * an owner becomes this person's. false: it is still another's, since there is no room. A platform that names nobody, or a browser that keeps nothing, changes nothing. */
export function settle(storage: Room | null, site: string, id: string): boolean {
  if (!storage || !id) return true;
  const me = digest(id).toString(36);
  const whose = `waymark:${site}:learner`;
  const kept = `waymark:${site}:progress`;
  try {
    const before = storage.getItem(whose);
    if (before === me) return true;
    if (before) {
      const theirs = storage.getItem(kept);
      if (theirs !== null) storage.setItem(`${kept}:${before}`, theirs);
      storage.removeItem(kept);
      const mine = storage.getItem(`${kept}:${me}`);
      if (mine !== null) storage.setItem(kept, mine);
      storage.removeItem(`${kept}:${me}`);
    }
    storage.setItem(whose, me);
    return true;
  } catch {
    return false;
  }
}
