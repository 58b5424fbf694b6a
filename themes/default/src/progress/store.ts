// Where progress is kept: a Storage, or memory when the browser says no. It never throws.
import { FORMAT, VERSION } from "./migrate";
import { type Moment, type Progress, type ProgressEvent, apply, empty, isEmpty } from "./progress";

/** Why progress is not, or not wholly, kept. */
export type Trouble =
  | "denied" // the browser lets nothing be kept
  | "gone" // not even until the tab is closed
  | "full" // there is no room
  | "damaged" // what was kept could not be read; a copy of it was put aside
  | "newer"; // a newer version of the handbook keeps its progress here: it is left alone

/** Reads what is kept, and joins two states of it: kept.ts. */
export interface Reader {
  /** What a text of the storage says. A copy of what could not be read is put aside there. */
  take(text: string, world: World, key: string): { progress?: Progress; trouble?: Trouble };
  /** What had no place in the storage on the page before. */
  spared(world: World, key: string): Progress | undefined;
  merge(a: Progress, b: Progress): Progress;
}

export type Room = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export interface World {
  site: string;
  /** null: there is none. Access to it may throw. */
  storage: Room | null;
  /** Where is kept what has no place in the storage, until the tab is closed; null: there is none. */
  session?: Room | null;
  /** The reader, or what brings it. It is asked for when there is something to read, which a first visit has not. What is kept until the tab is closed is
   * read by one that is there at the start. */
  reader: Reader | (() => Promise<Reader>);
  now(): Moment;
  /** 32 random bits, unsigned. */
  random(): number;
  /** Told once for each kind of trouble. */
  trouble?(what: Trouble): void;
}

export class Store {
  private progress: Progress = empty();
  /** What the storage held when last looked at; undefined: not looked yet. */
  private seen: string | null | undefined;
  private reader: Reader | null;
  private coming: Promise<void> | undefined;
  /** The reader did not come. */
  private lost = false;
  private writable = true;
  /** The last change could not be written. */
  private unsaved = false;
  private told = new Set<Trouble>();
  private watchers: ((p: Progress) => void)[] = [];

  constructor(private readonly world: World) {
    this.reader = typeof world.reader === "function" ? null : world.reader;
    this.changed(null);
    const spared = this.reader?.spared(world, this.key);
    if (spared) this.join(spared);
  }

  get key(): string {
    return `waymark:${this.world.site}:progress`;
  }

  get(): Progress {
    return this.progress;
  }

  /** Whether what is done is there after a reload, as far as is known. */
  get keeps(): boolean {
    return this.writable && !!this.world.storage && !this.unsaved && !this.told.has("denied");
  }

  /** The learner's number for shuffling; 0 before anything was done. */
  get seed(): number {
    return this.progress.learner?.seed ?? 0;
  }

  watch(fn: (p: Progress) => void): void {
    this.watchers.push(fn);
  }

  /** Applies events and keeps the result. Another tab may have written meanwhile, so the storage is looked at first. */
  tell(...events: ProgressEvent[]): void {
    if (!this.look()) return this.read(() => this.tell(...events));
    const now = this.world.now();
    if (!this.progress.learner) events = [{ do: "joined", code: code(this.world.random()), seed: this.world.random() }, ...events];
    for (const e of events) this.progress = apply(this.progress, e, now);
    this.keep();
    this.say();
  }

  /** Merges progress from a file, a link or another device. */
  join(other: Progress): void {
    this.read(() => {
      this.look();
      this.progress = this.reader?.merge(this.progress, other) ?? this.progress;
      this.keep();
      this.say();
    });
  }

  /** Forgets everything, here and in the storage. */
  clear(): void {
    this.progress = empty();
    this.spare(null);
    try {
      this.world.storage?.removeItem(this.key);
      this.world.storage?.removeItem(this.key + ":damaged");
      this.seen = null;
      this.writable = true;
    } catch {
      this.tellTrouble("denied");
    }
    this.say();
  }

  /** To be called when another tab changed the storage. */
  changed(key: string | null): void {
    if (key !== null && key !== this.key) return;
    const before = this.progress;
    if (!this.look()) return this.read(() => this.changed(key));
    if (this.progress !== before) this.say();
  }

  /** Calls then when what other tabs wrote is taken up: at once, unless the reader has yet to read it. */
  settled(then: () => void): void {
    this.changed(null);
    if (this.coming && !this.reader && !this.lost) void this.coming.then(then);
    else then();
  }

  /** Does what needs the reader: now, or in the order of the calls when it is here. If it does not come, what is kept is left alone. */
  private read(then: () => void): void {
    const { reader } = this.world;
    if (this.reader || typeof reader !== "function") return then();
    this.coming ??= reader().then(
      (r) => void (this.reader = r),
      () => {
        this.lost = true;
        this.tellTrouble("denied");
      },
    );
    void this.coming.then(then);
  }

  /** Takes up what the storage holds now. False: that has to wait for the reader. */
  private look(): boolean {
    const { storage } = this.world;
    let text: string | null = null;
    try {
      if (!storage) {
        this.tellTrouble("denied");
        return true;
      }
      text = storage.getItem(this.key);
    } catch {
      this.writable = false;
      this.tellTrouble("denied");
      return true;
    }
    if (text === this.seen) return true;
    if (text !== null && !this.reader) {
      this.writable = false;
      return this.lost;
    }
    const first = this.seen === undefined;
    this.seen = text;
    this.writable = true;
    if (text === null) {
      // Deleted in another tab: what this one remembers must not bring it back.
      if (!first) {
        this.progress = empty();
        this.spare(null);
      }
    } else this.take(this.reader!, text);
    return true;
  }

  private take({ take, merge }: Reader, text: string): void {
    const { progress, trouble } = take(text, this.world, this.key);
    // Both tabs saw all events in order, so the storage is as new as this; a merge is needed only when this tab could not write.
    if (progress) this.progress = this.unsaved ? merge(this.progress, progress) : progress;
    if (trouble === "newer") this.writable = false;
    if (trouble) this.tellTrouble(trouble);
  }

  private keep(): void {
    const { storage } = this.world;
    let text = isEmpty(this.progress) ? null : this.text();
    if (this.writable && storage) {
      try {
        put(storage, this.key, text);
        this.seen = text;
        this.unsaved = false;
        text = null;
      } catch {
        this.unsaved = true;
        this.tellTrouble("full");
      }
    }
    this.spare(text);
  }

  /** Keeps a text for as long as the tab is open; null: there is no need to. */
  private spare(text: string | null): void {
    try {
      if (this.world.session) put(this.world.session, this.key, text);
    } catch {
      this.tellTrouble("gone");
    }
  }

  /** What is kept: the progress file with everything, without what save.ts works out for other readers. */
  private text(): string {
    const { learner, ...rest } = this.progress;
    return JSON.stringify({ format: FORMAT, version: VERSION, site: this.world.site, learner, seed: learner?.seed, ...rest });
  }

  private say(): void {
    for (const fn of this.watchers) fn(this.progress);
  }

  private tellTrouble(what: Trouble): void {
    if (this.told.has(what)) return;
    this.told.add(what);
    this.world.trouble?.(what);
  }
}

function put(room: Room, key: string, text: string | null): void {
  if (text === null) room.removeItem(key);
  else room.setItem(key, text);
}

/** A code that can be read aloud: no letters that look like digits. */
function code(bits: number): string {
  const letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  let s = "";
  for (let i = 0; i < 6; i++) s += letters[(bits >>> (i * 5)) & 31];
  return s.slice(0, 4) + "-" + s.slice(4);
}
