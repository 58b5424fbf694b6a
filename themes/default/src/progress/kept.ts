// Reads what this browser keeps.
import { merge } from "./merge";
import { type Read, fromText } from "./read";
import type { Reader, World } from "./store";

export const reader: Reader = {
  merge,
  take(text, world, key) {
    const read = fromText(text, world.site);
    if ("refused" in read && read.refused === "newer") return { trouble: "newer" };
    if ("progress" in read && read.dropped === 0) return read;
    putAside(text, world, key + ":damaged");
    return { ...("progress" in read ? read : {}), trouble: "damaged" };
  },
  spared(world, key) {
    let read: Read | undefined;
    try {
      const text = world.session?.getItem(key);
      if (text) read = fromText(text, world.site);
    } catch {
      // Nothing is kept there.
    }
    return read && "progress" in read ? read.progress : undefined;
  },
};

/** Keeps a copy of what could not be read, unless there is one already or no room for it. */
function putAside(text: string, { storage }: World, key: string): void {
  try {
    if (storage?.getItem(key) === null) storage.setItem(key, text);
  } catch {
    // No room for the copy: what can be read of it is kept all the same.
  }
}
