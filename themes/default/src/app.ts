// What joins the parts of a page: its data, the store, words. boot.ts makes the one App of a page.
import type { Curriculum, PageData, SiteData } from "./contract";
import type { Said } from "./page";
import type { Moment, ProgressEvent } from "./progress/progress";
import type { Reader, Store } from "./progress/store";

export interface App {
  page: PageData;
  store: Store;
  say: Said;
  language: string;
  now(): Moment;
  /** Whether the site keeps what learners do. Where it does not, the store is the memory of one page. */
  keeps: boolean;
  /** The titles and rules of the whole site; loaded once. Rejects when the file does not come; asked again, it is tried again. */
  site(): Promise<SiteData>;
  /** Applies events with what follows from them: the review's card, the module's rule. */
  tell(...events: ProgressEvent[]): void;
  /** What follows from an event, by what was known before it; checks.js knows what follows from an answer. */
  follow?(e: ProgressEvent): ProgressEvent[];
  /** Says a sentence in the page's status. */
  notice(text: string): void;
  /** Loads another script of the theme by its name, and before it the later words. Rejects when it does not come; asked again, it is tried again. */
  load(name: string): Promise<void>;
  /** Loads a script that checks or keeps what is filled in. While it does not come the page says so, and promises nothing. */
  loadKeeper(name: string): Promise<void>;
  /** Adds a style sheet of the theme to the page. */
  wear(name: string): void;
  /** Loads the later words, once. */
  words(): Promise<void>;
}

/** The global of classic data scripts: `waymark.site({…})`, `waymark.path({…})`. */
export interface Door {
  site(data: SiteData): void;
  app?: App;
  /** Where something is kept, the App comes after what reads it. */
  coming?: Promise<App>;
  /** What site() was called with. */
  loaded?: SiteData;
  path(data: Curriculum): void;
  /** What path() was called with: the path that stands beside the text. */
  way?: Curriculum;
  /** What kept.js brings. */
  reader?: Reader;
  /** What kept.js brings: says what trouble there is with keeping things. */
  trouble?: typeof import("./progress/trouble").sayTrouble;
  /** What data.js brings: see progress/data.ts. */
  data?: typeof import("./progress/data").wakeData;
}

declare global {
  interface Window {
    waymark?: Door;
    /** Messages and icons by key; filled by the files of words (plan/words.go). */
    waymarkWords?: Record<string, string>;
  }
}

/** Runs a classic script by its address: fetch and import() do not run from file://. Scripts run in the order in which they were asked for, but for one that
 * others need not wait for (apart). */
export function loadScript(src: string, apart = false): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = src;
    script.async = apart;
    script.onload = () => resolve();
    script.onerror = () => {
      script.remove();
      reject(new Error(src));
    };
    document.head.append(script);
  });
}

/** Loads something when it is asked for, and once. What did not come is loaded again when it is asked for again. */
export function loadOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () =>
    (loading ??= load().catch((e) => {
      loading = undefined;
      throw e;
    }));
}
