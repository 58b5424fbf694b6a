import assert from "node:assert/strict";
import test from "node:test";
import type { PlaceData } from "../contract";
import { type Progress, type ProgressEvent, apply, empty, markKey } from "../progress/progress";
import { placeOf } from "./place";

const places: PlaceData[] = ["mentor", "mentee", "coach"].map((id) => ({ id, title: id, url: id + ".html", stage: "", number: 1, of: 2 }));
const after = (...events: ProgressEvent[]): Progress => events.reduce((p, e) => apply(p, e, "2027-03-02T10:00:00Z"), empty());
const cameBy = (path: string): ProgressEvent => ({ do: "marked", key: markKey.way(), v: path });
const started = (path: string): ProgressEvent => ({ do: "started", path });

test("the path that the reader came by", () => {
  assert.equal(placeOf(places, after(started("mentor"), cameBy("mentee")))?.id, "mentee");
});

test("who came by a path without this page is on the first path that was begun and not ended", () => {
  assert.equal(placeOf(places, after(started("coach"), cameBy("sponsor")))?.id, "coach");
  assert.equal(
    placeOf(places, after(started("mentor"), { do: "finished", path: "mentor" }, started("coach"), cameBy("sponsor")))?.id,
    "coach",
  );
});

test("nobody's path before one was begun", () => {
  assert.equal(placeOf(places, empty()), undefined);
  assert.equal(placeOf([], after(cameBy("mentee"))), undefined);
});
