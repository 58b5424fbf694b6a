// <waymark-scenario>: scenes joined by links. One is shown at a time, with a way back; where the learner left off is kept.
import { all, fragment, tell } from "../page";
import { type Answer, type Mark, type ProgressEvent, markKey } from "../progress/progress";
import { LIMITS } from "../progress/read";
import { mark } from "../question/mark";
import { type Around, Shell } from "../question/shell";

export class Scenario extends Shell {
  /** The scenes gone through; the last is shown. */
  private way: string[] = [];

  override wake(around: Around): boolean {
    const start = this.scenes.find((s) => "first" in s.dataset) ?? this.scenes[0];
    if (!start || !super.wake(around)) return false;
    this.way = [start.dataset["scene"]!];
    this.addEventListener("click", (e) => {
      const link = (e.target as Element).closest<HTMLElement>("a[data-to]");
      if (!link || e.ctrlKey || e.metaKey || e.shiftKey) return;
      e.preventDefault();
      this.go([...this.way, link.dataset["to"]!], this.answers.comment(this.way[this.way.length - 1]!, link.dataset["choice"] ?? ""));
    });
    this.on("[data-back]", () => this.go(this.way.slice(0, -1)));
    this.on("[data-restart]", () => this.go(this.way.slice(0, 1)));
    // An address with a scene of this scenario opens there.
    const asked = this.scenes.find((s) => s.id === fragment());
    if (asked && asked !== start) this.way.push(asked.dataset["scene"]!);
    this.stage();
    return true;
  }

  restore(kept: Answer | undefined, place: Mark | undefined): void {
    const way = place ? String(place.v || this.way[0]).split(" ") : kept?.last?.v.map(String);
    if (this.way.length > 1 || way?.[0] !== this.way[0] || !way?.every((id) => this.scene(id))) return;
    this.way = way;
    this.stage();
    // Of two choices that lead here nobody knows which it was.
    const [choice, other] = all(this.scene(way[way.length - 2]) ?? this, `a[data-to="${CSS.escape(way[way.length - 1]!)}"]`);
    const comment = way.length > 1 && choice && !other ? this.answers.comment(way[way.length - 2]!, choice.dataset["choice"] ?? "") : null;
    this.quietly(this.said, () => this.comment(comment));
  }

  private get scenes(): HTMLElement[] {
    return all(this, "[data-scene]");
  }

  private scene(id: string | undefined): HTMLElement | undefined {
    return this.scenes.find((s) => s.dataset["scene"] === id);
  }

  private go(way: string[], comment: DocumentFragment | null = null): void {
    const to = this.scene(way[way.length - 1]);
    if (!to) return;
    this.way = way;
    this.stage();
    // A mark has a bound, see read.ts: of a long way the beginning and the end are kept.
    const place = [way, [way[0], way[way.length - 1]]].map((w) => w.join(" ")).find((p) => p.length <= LIMITS.id) ?? "";
    tell<ProgressEvent>(this, { do: "marked", key: markKey.scene(this.key.id), v: place && way.length > 1 ? place : false });
    if (to.dataset["ending"])
      tell<ProgressEvent>(this, { do: "answered", id: this.key.id, rev: this.key.rev, v: way, s: mark(this.key, way).score });
    this.comment(comment);
    to.focus();
  }

  /** Says how it ended, if it did, and what there is to say of the last choice. */
  private comment(comment: DocumentFragment | null): void {
    const ending = this.scene(this.way[this.way.length - 1])?.dataset["ending"];
    if (!ending) return this.status(comment ? "info" : "", "", "", [comment]);
    const well = ending === "well";
    this.status(well ? "ok" : "info", well ? "check" : "info", this.around.say("scenario." + ending), [comment, this.explanation()]);
  }

  /** Shows the last scene of the way and hides the others. */
  private stage(): void {
    const now = this.scene(this.way[this.way.length - 1]);
    for (const s of this.scenes) s.hidden = s !== now;
    this.show("[data-back]", this.way.length > 1);
    this.show("[data-restart]", this.way.length > 1);
  }
}
