// Loads files of the index by script tags: the one way that also works from file://.
import "../app";
import type { Load } from "./finder";

declare module "../app" {
  interface Door {
    /** What each file of the index calls: its kind, the stamp of the list of pages, its data. */
    search?(...args: unknown[]): void;
  }
}

const called = new WeakMap<HTMLScriptElement, unknown[]>();

/** Loads from a folder: its address, with a slash at the end. */
export function loaderFrom(folder: string): Load {
  if (window.waymark) window.waymark.search = receive;
  return (name, fresh) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = folder + name + ".js" + (fresh ? "?" + Date.now().toString(36) : "");
      script.onload = () => {
        const args = called.get(script);
        script.remove();
        if (args) resolve(args);
        else reject(new Error(script.src));
      };
      script.onerror = () => {
        script.remove();
        reject(new Error(script.src));
      };
      document.head.append(script);
    });
}

function receive(...args: unknown[]): void {
  const script = document.currentScript;
  if (script instanceof HTMLScriptElement) called.set(script, args);
}
