// <waymark-question>: wakes the form of one question. Marking is in mark.ts, the fields of each kind in fields.ts.
import { all, element, find, tell } from "../page";
import { type Answer, type ProgressEvent, changed, revision } from "../progress/progress";
import { type Fields, fieldsOf } from "./fields";
import { type Marked, mark } from "./mark";
import { type Around, Shell, boxed } from "./shell";
import { orderOf, seedOf } from "./shuffle";

/** Sent, bubbling, after each try. */
export const SETTLED = "waymark-settled";

export class Question extends Shell {
  private fields!: Fields;
  private tries = 0;
  private wrong = 0;
  /** The last try, until it is taken back by another. */
  last: Marked | null = null;
  /** The result and the right answers are kept back until the quiz ends. */
  private held = false;
  private sure = 0;

  override wake(around: Around): boolean {
    if (!super.wake(around)) return false;
    this.fields = fieldsOf(this, this.key, this.answers, around.say, () => this.edited());
    this.on("[data-again]", () => this.again());
    this.on("[data-reveal]", () => this.reveal());
    this.on("[data-sure]", (b) => {
      this.sure = Number(b.dataset["sure"]);
      find(this, "[data-check]")?.focus();
      this.check();
    });
    this.offer();
    return true;
  }

  /** Shows what is kept of the learner's answers: after wake, and when another tab answered. */
  restore(kept: Answer | undefined): void {
    const { rev } = this.key;
    const own = revision(kept, rev);
    this.showHints(own?.hints ?? 0);
    if (own?.last && own.tries !== this.tries) {
      this.tries = own.tries;
      this.fields.write(own.last.v);
      this.last = mark(this.key, own.last.v);
      this.wrong = own.best < 1 ? own.tries : 0;
      this.quietly(() => this.result(this.mayShowAnswer(false)));
    } else if (this.tries === 0) this.mix(0);
    if (changed(kept, rev)) this.quietly(() => this.status("note", "info", this.around.say("changed")));
    this.offer();
  }

  /** Asks anew, as if never answered: for a review or a new round of a quiz. What is kept stays kept. */
  ask(round: number, held = false): void {
    this.held = held;
    this.tries = this.wrong = 0;
    this.last = null;
    for (const o of all(this, ".was-tried")) o.classList.remove("was-tried");
    this.empty(round);
  }

  /** Ends the holding back: shows the result of the last try. */
  release(): void {
    this.held = false;
    if (this.last) this.result(this.mayShowAnswer(true));
    this.offer();
  }

  private empty(round: number): void {
    this.edited();
    this.fields.reset(this.last);
    this.last = null;
    this.lock(false);
    this.mix(round);
    this.offer();
  }

  private mix(round: number): void {
    const { site, seed } = this.around;
    // Items and partners are printed in a seeded order already; they are mixed anew for another try only.
    if (round > 0 || !["order", "match"].includes(this.key.type)) this.fields.arrange?.(orderOf(this.key, seedOf(site, seed(), this.key.id, round)));
  }

  protected override check(): void {
    if (this.noTriesLeft()) return;
    const missing = this.fields.missing();
    if (missing) return this.complain(missing);
    const sure = find(this, ".sure");
    if (this.key.confidence && sure?.hidden && !this.sure) {
      // Asked once, before the result; pressing the button again goes on without an answer.
      sure.hidden = false;
      find(sure, "button")?.focus();
      return;
    }
    const v = this.fields.read();
    const result = mark(this.key, v);
    if (!result.valid) return this.complain(this.fields.controls()[0]);
    this.last = result;
    this.tries++;
    if (!this.last.right) this.wrong++;
    const { id, rev } = this.key;
    const event: ProgressEvent = { do: "answered", id, rev, v, s: Math.round(this.last.score * 1e4) / 1e4 };
    if (this.sure) event.sure = this.sure;
    tell(this, event);
    this.sure = 0;
    if (sure) sure.hidden = true;
    if (this.held) {
      this.edited();
      this.status("note", "check", this.around.say("saved"));
    } else this.result(this.mayShowAnswer(false));
    this.offer();
    this.dispatchEvent(new CustomEvent(SETTLED, { bubbles: true }));
  }

  /** The right answer is shown by itself: after so many wrong tries, at the end of a quiz, when no try is left. */
  private mayShowAnswer(atEnd: boolean): boolean {
    const { reveal, neutral } = this.key;
    if (reveal === "never") return false;
    return !!neutral || atEnd || this.noTriesLeft() || (Number(reveal) > 0 && this.wrong >= Number(reveal));
  }

  private noTriesLeft(): boolean {
    return !!this.key.tries && this.tries >= this.key.tries && !this.last?.right;
  }

  /** Shows the result of the last try; with answer also what would have been right. */
  private result(answer: boolean): void {
    const { last, key } = this;
    const { say } = this.around;
    if (!last) return;
    this.fields.clear();
    const right = last.right;
    const shown = this.fields.paint(last, answer && !right);
    const over = this.noTriesLeft();
    const body: (Node | string | null)[] = [];
    if (!key.neutral && !right && last.parts.length > 1 && !(answer && key.type === "multiple")) body.push(this.parts(last));
    if (last.typo) body.push(say("typo"));
    for (const node of shown) {
      // What stands under an option is only heard in the status; a typed answer's feedback stands only there.
      body.push(node instanceof HTMLElement ? element("p", "vh", node.textContent?.trim()) : node);
    }
    if (answer && !right && !["single", "multiple"].includes(key.type)) body.push(element("p", "nt", say("answer")), boxed("right", this.answers.copy("right")));
    if (right || answer || key.neutral || over) body.push(this.explanation());
    if (key.tries && !right && !over) body.push(say.count("tries.left", key.tries - this.tries));
    if (!right && !key.neutral && !body.some(Boolean)) body.push(say(over ? "tries.none" : "tryagain"));
    const kind = key.neutral ? "note" : right ? "ok" : last.parts.length > 1 && last.parts.some(Boolean) ? "part" : "no";
    this.status(kind, { ok: "check", note: "info" }[kind as string] ?? "retry", say({ ok: "right", no: "notyet", part: "partly" }[kind as string] ?? "thanks"), body);
    this.lock(over);
  }

  /** How much of it is right, without saying what; of a multiple choice, what is missing or too much. */
  private parts(last: Marked): string {
    const { say } = this.around;
    if (this.key.type === "multiple") {
      const right = this.key.right ?? [];
      const chosen = this.fields.read().map(Number);
      const good = chosen.filter((i) => right.includes(i)).length;
      const more = right.length - good;
      const less = chosen.length - good;
      return [...(more ? [say.count("more", more)] : []), ...(less ? [say.count("toomany", less)] : [])].join(" ");
    }
    return say("score", last.parts.filter(Boolean).length, last.parts.length);
  }

  /** Fills the status without its being announced: on loading nobody asked for it. */
  private quietly(fill: () => void): void {
    const box = find(this, "[data-feedback]");
    box?.removeAttribute("role");
    fill();
    requestAnimationFrame(() => box?.setAttribute("role", "status"));
  }

  protected override edited(): void {
    super.edited();
    this.fields.clear();
    this.status("");
  }

  private again(): void {
    this.empty(this.tries);
    (this.fields.missing() ?? this.fields.controls()[0])?.focus();
  }

  private reveal(): void {
    this.last ??= mark(this.key, this.fields.read());
    this.result(true);
    this.turn("[data-reveal]", true);
  }

  /** Which buttons there are now. */
  private offer(): void {
    const { key, last, held } = this;
    this.show("[data-again]", !!last && !held && !this.noTriesLeft());
    this.show("[data-reveal]", this.tries > 0 && key.reveal !== "never" && !held && !key.neutral);
    this.turn("[data-reveal]", !!last?.right);
    this.turn("[data-check]", this.noTriesLeft());
  }

  private lock(off: boolean): void {
    for (const c of this.fields.controls()) if (c.tagName !== "BUTTON") c.disabled = off;
  }
}
