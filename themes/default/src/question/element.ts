// <waymark-question>: wakes the form of one question. Marking is in mark.ts, the fields of each kind in fields.ts.
import { all, element, find, tell } from "../page";
import { type Answer, type ProgressEvent, changed, revision } from "../progress/progress";
import { type Fields, fieldsOf, leftOver, markPart, placeOf, solution, unmark } from "./fields";
import { type Marked, mark } from "./mark";
import { type Around, Shell, boxed } from "./shell";
import { orderOf, seedOf } from "./shuffle";

/** Sent, bubbling, after each try. */
export const SETTLED = "waymark-settled";

export class Question extends Shell {
  private fields!: Fields;
  private tries = 0;
  private wrong = 0;
  /** The last try, until another is begun. */
  last: Marked | null = null;
  /** The result and the right answers are kept back until the quiz ends. */
  private held = false;
  /** What the status says is about what stands in the fields; and it tells the right answer. */
  private told = false;
  private answered = false;
  private sure = 0;
  /** It is asked anew: what was answered before is not shown, whatever another tab does. */
  private anew = false;
  /** Its options were put into the learner's order; they stay there. */
  private mixed = false;

  override wake(around: Around): boolean {
    if (!super.wake(around)) return false;
    this.fields = fieldsOf(this, this.key, this.answers);
    this.on("[data-again]", () => {
      this.empty(this.tries);
      (this.fields.missing() ?? this.fields.controls()[0])?.focus();
    });
    this.on("[data-reveal]", () => {
      const checked = this.told;
      if (!checked) this.last = mark(this.key, this.fields.read());
      this.result(true, checked);
      this.offer();
    });
    this.on("[data-sure]", (b) => {
      this.sure = Number(b.dataset["sure"]);
      find(this, "[data-check]")?.focus();
      this.check();
    });
    this.offer();
    return true;
  }

  /** Shows what is kept of the learner's answers: after wake, and when another tab answered. atEnd: the quiz was ended; later: it is not its first round. */
  restore(kept: Answer | undefined, atEnd = false, later = false): void {
    if (this.anew) return;
    const { rev } = this.key;
    const own = revision(kept, rev);
    this.showHints(own?.hints ?? 0);
    if (own?.last?.v.length && own.tries !== this.tries) {
      const last = mark(this.key, own.last.v);
      this.tries = own.tries;
      this.wrong = own.best < 1 ? own.tries : 0;
      // How many of the tries belong to this round is not kept: the last one does.
      if (later) [this.tries, this.wrong] = [1, last.right ? 0 : 1];
      if (!this.filled) {
        this.fields.write(own.last.v);
        this.last = last;
        this.quietly(this.said, () => (this.held ? this.keptBack() : this.result(this.mayShowAnswer(atEnd))));
      }
    } else if (!this.tries && !this.mixed) this.mix(0);
    if (changed(kept, rev)) this.quietly(this.said, () => this.status("info", "info", this.around.say("changed")));
    this.offer();
  }

  /** Asks anew, as if never answered: for a review or a round of a quiz. What is kept stays kept. begin: what is filled in goes; else only when nothing is. */
  ask(round: number, held = false, begin = true): void {
    this.held = held;
    this.tries = this.wrong = 0;
    this.last = null;
    for (const o of all(this, ".was-tried")) o.classList.remove("was-tried");
    if (begin || !this.filled) this.empty(round);
    else this.offer();
  }

  private keptBack(): void {
    this.status("info", "check", this.thanks);
  }

  /** Asks anew for a review. */
  review(round: number): void {
    this.ask(round, false, false);
    this.anew = true;
  }

  /** Ends the holding back: shows the result of the last try. */
  release(): void {
    this.held = false;
    this.result(this.mayShowAnswer(true));
    this.offer();
  }

  /** Begins another try: what was right in parts of it stays, the rest is emptied and mixed. */
  private empty(round: number): void {
    this.filled = false;
    this.edited();
    if (this.key.type !== "order") this.fields.write(leftOver(this.key, this.fields.read(), this.last?.parts ?? []));
    this.last = null;
    this.lock(false);
    this.mix(round);
    this.offer();
  }

  private mix(round: number): void {
    this.mixed = true;
    const { site, seed } = this.around;
    // Items and partners are printed in a seeded order already; they are mixed anew for another try only.
    if (round || !["order", "match"].includes(this.key.type))
      this.fields.arrange?.(orderOf(this.key, seedOf(site, seed(), this.key.id, round)));
  }

  protected override check(): void {
    if (this.noTriesLeft()) return;
    const missing = this.fields.missing();
    if (missing) return this.complain(missing);
    const sure = find(this, ".sure");
    if (this.key.confidence && sure?.hidden && !this.sure) {
      // Asked once, before the result; pressing the button again goes on without an answer.
      sure.hidden = false;
      this.status("info", "info", this.around.say("empty.sure"));
      find(sure, "button")?.focus();
      return;
    }
    const { id, rev } = this.key;
    const v = this.fields.read();
    const last = mark(this.key, v);
    if (!last.valid) return this.complain(this.fields.controls()[0]);
    this.last = last;
    this.filled = false;
    this.tries++;
    if (!last.right) this.wrong++;
    const event: ProgressEvent = { do: "answered", id, rev, v, s: Math.round(last.score * 1e4) / 1e4 };
    if (this.sure) event.sure = this.sure;
    this.sure = 0;
    if (sure) sure.hidden = true;
    tell(this, event);
    if (this.held) {
      this.edited();
      this.keptBack();
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

  /** Shows the result of the last try; with answer also what would have been right. What was not checked is no try: nobody is told that it was right. */
  private result(answer: boolean, checked = true): void {
    const { last, key } = this;
    const { say } = this.around;
    if (!last) return;
    const { right, parts } = last;
    const over = this.noTriesLeft();
    this.told = true;
    this.answered = answer;
    unmark(this);
    const body = key.type === "single" || key.type === "multiple" ? this.paintOptions(answer) : this.paintParts(last, answer && !right);
    if (last.typo) body.unshift(say("typo"));
    if (!key.neutral && !right && parts.length > 1 && !(answer && key.type === "multiple")) body.unshift(this.howMuch(last));
    if (right || answer || key.neutral || over) body.push(this.explanation());
    if (key.tries && !right && !over) body.push(say.count("tries.left", key.tries - this.tries));
    if (!right && !key.neutral && !body.some(Boolean)) body.push(say(over ? "tries.none" : "tryagain"));
    if (key.neutral) this.status("info", "info", say("thanks"), body);
    else if (right && !checked) this.status("info", "info", say("answer"), body);
    else if (right) this.status("ok", "check", say("right"), body);
    else if (parts.length > 1 && this.anyGood(parts)) this.status("part", "retry", say("partly"), body);
    else this.status("no", "retry", say("notyet"), body);
    // The right answer that stands in the fields is nobody's: it is not there to be checked.
    this.lock(over || (answer && !right && !!solution(key)));
  }

  /** Marks the options and puts feedback under them. It is also heard in the status. */
  private paintOptions(answer: boolean): (Node | string | null)[] {
    const { key, answers } = this;
    const { say } = this.around;
    const heard: Node[] = [];
    const chosen = this.fields.read();
    for (const o of this.fields.parts()) {
      const n = placeOf(o);
      const is = !!key.right?.includes(n);
      let why: DocumentFragment | null = null;
      if (chosen.includes(n)) {
        why = answers.copy("why", n);
        if (!key.neutral) markPart(o, is ? "ok" : "no", say);
        // A wrong single choice stays marked as tried: the option is not taken away.
        o.classList.toggle("was-tried", !is && key.type === "single" && !key.neutral);
      } else if (is && answer) {
        why = answers.copy("missed", n) ?? answers.copy("why", n);
        markPart(o, "missed", say);
      } else if (o.classList.contains("was-tried")) markPart(o, "tried", say);
      const box = boxed("why", why);
      if (!box) continue;
      box.dataset["why"] = String(n);
      o.after(box);
      heard.push(element("p", "vh", box.textContent?.trim()));
    }
    return heard;
  }

  /** Marks fields, rows, gaps or places. With answer they show what is right. */
  private paintParts(last: Marked, answer: boolean): (Node | string | null)[] {
    const { key, answers } = this;
    const { say } = this.around;
    const right = solution(key, answers.gaps());
    if (answer && right) this.fields.write(right.map((v, i) => (last.parts[i] && key.type === "cloze" ? this.fields.read()[i]! : v)));
    if (!key.neutral)
      this.fields.parts().forEach((part, i) => markPart(part, last.parts[i] ? "ok" : answer && right ? "shown" : "no", say));
    const body: (Node | string | null)[] = last.line < 0 ? [] : [answers.copy("why", last.line)];
    if (answer) body.push(element("p", "nt", say("answer")), boxed("right", answers.copy("right")));
    return body;
  }

  /** Whether something in the answer is right. Of a multiple choice that is an option chosen; one that was left alone says nothing. */
  private anyGood(parts: boolean[]): boolean {
    const { type, right } = this.key;
    return type === "multiple" ? this.fields.read().some((n) => right?.includes(Number(n))) : parts.some(Boolean);
  }

  /** How much of it is right, without saying what; of a multiple choice, what is missing or too much. */
  private howMuch(last: Marked): string {
    const { say } = this.around;
    if (this.key.type !== "multiple") return say("score", last.parts.filter(Boolean).length, last.parts.length);
    const right = this.key.right ?? [];
    const chosen = this.fields.read();
    const more = right.filter((n) => !chosen.includes(n)).length;
    const less = chosen.filter((n) => !right.includes(Number(n))).length;
    return (more ? say.count("more", more) + " " : "") + (less ? say.count("toomany", less) : "");
  }

  protected override edited(): void {
    super.edited();
    unmark(this);
    this.status("");
    this.told = this.answered = false;
    this.offer();
  }

  /** Which buttons there are now. */
  private offer(): void {
    const { key, last, held } = this;
    const over = this.noTriesLeft();
    const solved = this.told && !!last?.right && !key.neutral;
    this.show("[data-again]", !!last && !held && !over);
    this.show("[data-reveal]", this.tries > 0 && key.reveal !== "never" && !held && !key.neutral && !solved && !this.answered);
    this.show("[data-check]", !solved && !over && !this.answered);
    this.offerHint(solved);
  }

  private lock(off: boolean): void {
    if (off && this.said && this.fields.controls().some((c) => c === document.activeElement)) {
      this.said.tabIndex = -1;
      this.said.focus();
    }
    for (const c of this.fields.controls()) (c as HTMLInputElement).disabled = off;
  }
}
