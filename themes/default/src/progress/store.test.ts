import assert from "node:assert/strict";
import test from "node:test";
import { reader as here } from "./kept";
import { canon } from "./merge";
import { markKey, marked } from "./progress";
import { type Reader, Store, type Trouble } from "./store";

/** A Storage in memory with a quota in characters; tabs of a browser share one. */
class Room {
  readonly data = new Map<string, string>();
  constructor(private readonly quota = Infinity) {}
  getItem(key: string): string | null {
    return this.data.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    if (value.length > this.quota) throw new DOMException("full", "QuotaExceededError");
    this.data.set(key, value);
  }
  removeItem(key: string): void {
    this.data.delete(key);
  }
}

const KEY = "waymark:s:progress";

function open(storage: Room | null, reader: Reader | (() => Promise<Reader>) = here, session: Room | null = null) {
  const troubles: Trouble[] = [];
  let second = 0;
  const store = new Store({
    site: "s",
    storage,
    session,
    reader,
    now: () => new Date(1.8e12 + 1000 * second++).toISOString().slice(0, 19) + "Z",
    random: () => 3_000_000_000,
    trouble: (t) => troubles.push(t),
  });
  return { store, troubles };
}

test("what is told is there after opening again", () => {
  const room = new Room();
  const a = open(room);
  a.store.tell({ do: "answered", id: "q", rev: "r", v: [1], s: 1 });
  a.store.tell({ do: "noted", key: "n", text: "…" });
  const b = open(room);
  assert.equal(canon(b.store.get()), canon(a.store.get()));
  assert.equal(b.store.seed, 3_000_000_000);
  assert.deepEqual([a.troubles, b.troubles], [[], []]);
});

test("nothing is kept before something was done", () => {
  const room = new Room();
  assert.equal(open(room).store.seed, 0);
  assert.equal(room.data.size, 0);
});

test("two tabs do not overwrite each other", () => {
  const room = new Room();
  const a = open(room).store;
  const b = open(room).store;
  a.tell({ do: "answered", id: "one", rev: "r", v: [1], s: 1 });
  b.tell({ do: "answered", id: "two", rev: "r", v: [1], s: 1 });
  a.tell({ do: "read", module: "m" });
  b.changed(KEY);
  assert.deepEqual(Object.keys(b.get().answers).sort(), ["one", "two"]);
  assert.equal(canon(a.get()), canon(b.get()));
});

test("a tab hears of another's change, and of no other key's", () => {
  const room = new Room();
  const a = open(room).store;
  const b = open(room).store;
  let heard = 0;
  b.watch(() => heard++);
  a.tell({ do: "read", module: "m" });
  b.changed("waymark:theme");
  assert.equal(heard, 0);
  b.changed(KEY);
  b.changed(null);
  assert.equal(heard, 1);
});

test("what was deleted in one tab does not come back from another", () => {
  const room = new Room();
  const a = open(room).store;
  const b = open(room).store;
  a.tell({ do: "noted", key: "n", text: "secret" });
  b.changed(KEY);
  a.clear();
  b.tell({ do: "read", module: "m" });
  assert.deepEqual(b.get().notes, {});
  assert.doesNotMatch([...room.data.values()].join(), /secret/);
});

test("without storage it works from memory and says so once", () => {
  const { store, troubles } = open(null);
  store.tell({ do: "read", module: "m" }, { do: "marked", key: markKey.module("m"), v: true });
  assert.equal(marked(store.get(), markKey.module("m")), true);
  assert.deepEqual(troubles, ["denied"]);
});

test("a storage that throws at every touch is none", () => {
  const bad = new Room();
  bad.getItem = () => {
    throw new DOMException("denied", "SecurityError");
  };
  const { store, troubles } = open(bad);
  store.tell({ do: "read", module: "m" });
  store.clear();
  assert.deepEqual(troubles, ["denied"]);
});

test("with no room left it goes on in memory, and writes when there is room again", () => {
  const room = new Room(600);
  const { store, troubles } = open(room);
  store.tell({ do: "noted", key: "n", text: "short" });
  store.tell({ do: "noted", key: "m", text: "x".repeat(1000) });
  store.tell({ do: "noted", key: "o", text: "y" });
  assert.deepEqual(troubles, ["full"]);
  assert.equal(store.get().notes["m"]!.text.length, 1000);
  assert.match(room.data.get(KEY)!, /short/);
  store.tell({ do: "noted", key: "m", text: "" });
  assert.match(room.data.get(KEY)!, /"o"/);
});

test("what cannot be read is put aside and said once; the page works", () => {
  for (const text of ["not json", '{"format":"waymark-progress","version":1,"notes":[]}', '{"format":"x"}']) {
    const room = new Room();
    room.data.set(KEY, text);
    const { store, troubles } = open(room);
    store.tell({ do: "read", module: "m" });
    assert.deepEqual(troubles, ["damaged"], text);
    assert.equal(room.data.get(KEY + ":damaged"), text);
    assert.match(room.data.get(KEY)!, /"m"/);
  }
});

test("what is left of damaged progress stays", () => {
  const room = new Room();
  room.data.set(KEY, '{"format":"waymark-progress","version":1,"notes":{"good":{"at":"2027-03-02","text":"kept"},"bad":5}}');
  const { store } = open(room);
  assert.equal(store.get().notes["good"]!.text, "kept");
});

test("a newer version is left alone", () => {
  const room = new Room();
  const newer = '{"format":"waymark-progress","version":2,"things":{}}';
  room.data.set(KEY, newer);
  const { store, troubles } = open(room);
  store.tell({ do: "read", module: "m" });
  assert.equal(store.get().modules["m"]!.read, "2027-01-15");
  assert.equal(room.data.get(KEY), newer);
  assert.deepEqual(troubles, ["newer"]);
});

test("a file that is read in is merged", () => {
  const a = open(new Room()).store;
  const b = open(new Room()).store;
  a.tell({ do: "answered", id: "one", rev: "r", v: [1], s: 1 });
  b.tell({ do: "answered", id: "two", rev: "r", v: [1], s: 1 });
  const before = canon(b.get());
  b.join(a.get());
  b.join(a.get());
  assert.deepEqual(Object.keys(b.get().answers).sort(), ["one", "two"]);
  assert.notEqual(canon(b.get()), before);
});

test("the reader is asked for only when something is kept", async () => {
  let asked = 0;
  const late = async () => (asked++, here);
  const room = new Room();
  const first = open(room, late).store;
  first.tell({ do: "read", module: "m" });
  assert.equal(first.get().modules["m"]?.read, "2027-01-15");
  assert.equal(asked, 0);
  const again = open(room, late).store;
  const heard = new Promise<void>((resolve) => again.watch(() => resolve()));
  assert.deepEqual(again.get().modules, {});
  await heard;
  assert.equal(canon(again.get()), canon(first.get()));
  assert.equal(asked, 1);
});

test("a tab that had nothing takes up what another wrote, and says when", async () => {
  const room = new Room();
  const tab = open(room, async () => here).store;
  open(room).store.tell({ do: "read", module: "m" });
  tab.changed(KEY);
  let done = "";
  tab.settled(() => (done = tab.get().modules["m"]?.read ?? "nothing"));
  assert.equal(done, "");
  await new Promise((resolve) => setTimeout(resolve));
  assert.match(done, /^2027/);
});

test("what is told before the reader is here comes after what was kept, in its order", async () => {
  const room = new Room();
  const other = open(room).store;
  const tab = open(room, async () => here).store;
  other.tell({ do: "noted", key: "n", text: "kept" });
  tab.tell({ do: "noted", key: "n", text: "told" });
  tab.tell({ do: "read", module: "m" });
  tab.join(here.merge(other.get(), open(null).store.get()));
  await Promise.resolve().then(() => undefined);
  await new Promise((resolve) => setTimeout(resolve));
  assert.deepEqual(Object.keys(tab.get().modules), ["m"]);
  assert.equal(open(room).store.get().learner?.seed, other.seed);
  assert.match(room.data.get(KEY)!, /told/);
});

test("without its reader it leaves alone what is kept, and works from memory", async () => {
  const room = new Room();
  open(room).store.tell({ do: "noted", key: "n", text: "kept" });
  const before = room.data.get(KEY);
  const { store, troubles } = open(room, async () => Promise.reject(new Error("kept.js")));
  store.tell({ do: "read", module: "m" });
  await new Promise((resolve) => setTimeout(resolve));
  assert.deepEqual(Object.keys(store.get().modules), ["m"]);
  assert.equal(room.data.get(KEY), before);
  assert.deepEqual(troubles, ["denied"]);
});

test("what has no place lasts until the tab is closed, and is kept as soon as there is a place", () => {
  for (const [storage, why] of [
    [new Room(10), "full"],
    [null, "denied"],
  ] as const) {
    const tab = new Room();
    const a = open(storage, here, tab);
    a.store.tell({ do: "noted", key: "n", text: "…" });
    assert.deepEqual(a.troubles, [why]);
    assert.equal(a.store.keeps, false);
    const b = open(storage, here, tab);
    assert.equal(b.store.get().notes["n"]?.text, "…");
    assert.equal(b.store.keeps, false);
    b.store.tell({ do: "noted", key: "m", text: "…" });
    const room = new Room();
    const c = open(room, here, tab);
    assert.deepEqual(Object.keys(c.store.get().notes).sort(), ["m", "n"]);
    assert.equal(c.store.keeps, true);
    assert.ok(room.data.has(KEY));
    assert.equal(tab.data.size, 0);
  }
});

test("what a newer edition keeps is left alone, and what is done lasts until the tab is closed", () => {
  const room = new Room();
  const newer = JSON.stringify({ format: "waymark-progress", version: 99, site: "s" });
  room.setItem(KEY, newer);
  const tab = new Room();
  open(room, here, tab).store.tell({ do: "noted", key: "n", text: "…" });
  const again = open(room, here, tab);
  assert.equal(again.store.get().notes["n"]?.text, "…");
  assert.equal(room.getItem(KEY), newer);
  again.store.clear();
  assert.equal(tab.data.size, 0);
});

test("where not even that is possible it is said", () => {
  assert.deepEqual(tell(open(new Room(10), here, new Room(10))), ["full", "gone"]);
  function tell({ store, troubles }: ReturnType<typeof open>): Trouble[] {
    store.tell({ do: "noted", key: "n", text: "…" });
    return troubles;
  }
});
