// <waymark-quiz>: a draw of questions, its result, and another round: of what was missed, or of a new draw.
import { all, element, find, tell } from "../page";
import type { Answer, ProgressEvent } from "../progress/progress";
import { Question, SETTLED } from "../question/element";
import { type Around, Check } from "../question/shell";
import { drawOf, drawSeed } from "../question/shuffle";

export class Quiz extends Check {
  private pool: Question[] = [];
  private drawn: Question[] = [];
  /** Points of questions of this round that were right before and are not asked again. */
  private kept: { points: number; got: number; good: number; of: number } = { points: 0, got: 0, good: 0, of: 0 };
  /** The share of each question's first try in this round. */
  private shares = new Map<Question, number>();
  private attempt = 0;
  private warned = false;
  private done = false;

  override wake(around: Around): boolean {
    if (!super.wake(around)) return false;
    const { key } = this;
    const list = all<Question>(this, "waymark-question").filter((q) => q.key);
    // The pool's order is that of the key; what the key does not name is not drawn.
    this.pool = key.of ? key.of.flatMap((id) => list.find((q) => q.key.id === id) ?? []) : list;
    for (const q of this.pool) {
      if (key.confidence) q.key = { ...q.key, confidence: true };
      if (key.tries) q.key = { ...q.key, tries: q.key.tries || key.tries };
    }
    this.addEventListener(SETTLED, (e) => this.settled(e.target as Question));
    this.on("[data-finish]", () => this.finish(true));
    this.on("[data-missed]", () => this.again(true));
    this.on("[data-redraw]", () => this.again(false));
    return true;
  }

  /** Starts the round where it was left: questions answered since the last result belong to it. */
  restore(kept: Answer | undefined, answers: (id: string) => Answer | undefined): void {
    if (this.drawn.length > 0) return;
    this.attempt = kept?.tries ?? 0;
    this.start(this.draw());
    const since = kept?.last?.at ?? "";
    for (const q of this.drawn) {
      const a = answers(q.key.id);
      if (a?.last && a.rev === q.key.rev && a.last.at > since) {
        if (!this.held) q.restore(a);
        this.shares.set(q, a.last.s);
      }
    }
    this.offer();
  }

  /** Shows a question of the pool though it was not drawn: for the spaced review. */
  include(q: Question): void {
    if (this.drawn.includes(q) || !this.pool.includes(q)) return;
    this.start([q, ...this.drawn.slice(0, -1)]);
  }

  get questions(): readonly Question[] {
    return this.pool;
  }

  private get held(): boolean {
    return this.key.feedback === "end";
  }

  private draw(): Question[] {
    const { site, seed } = this.around;
    const { key, pool } = this;
    const of = pool.map((q) => q.key.id);
    return drawOf({ ...key, of }, drawSeed(key, site, seed(), this.attempt)).flatMap((i) => pool[i] ?? []);
  }

  private start(questions: Question[]): void {
    const { say } = this.around;
    this.drawn = questions;
    this.shares.clear();
    this.warned = this.done = false;
    const box = find(this, "[data-drawn]");
    for (const q of this.pool) q.hidden = !questions.includes(q);
    questions.forEach((q, i) => {
      box?.append(q);
      q.ask(this.attempt, this.held);
      const number = find(q, "[data-number]");
      if (number) number.textContent = say("quiz.number", i + 1, questions.length);
    });
    const text = find(this, "[data-draw-text]");
    if (text)
      text.textContent =
        questions.length < this.pool.length ? say.count("quiz.draw", questions.length, questions.length, this.pool.length) : "";
    this.show("[data-result]", false);
    this.offer();
  }

  private settled(q: Question): void {
    if (!this.drawn.includes(q)) return;
    if (!this.shares.has(q) || this.held) this.shares.set(q, q.last?.score ?? 0);
    if (!this.held && this.shares.size === this.drawn.length && !this.done) this.finish(false);
    this.offer();
  }

  private finish(asked: boolean): void {
    const open = this.drawn.filter((q) => !this.shares.has(q));
    const { say } = this.around;
    const status = find(this, "[data-score-text]");
    this.show("[data-result]", true);
    if (asked && open.length > 0 && !this.warned) {
      this.warned = true;
      status?.replaceChildren(element("p", "", say.count("quiz.togo", open.length)));
      open[0]?.scrollIntoView({ block: "nearest" });
      return;
    }
    this.done = true;
    let { points, got, good, of } = this.kept;
    for (const q of this.drawn) {
      if (this.held) q.release();
      const share = this.shares.get(q) ?? 0;
      points += q.key.points || 1;
      got += (q.key.points || 1) * share;
      of++;
      if (share >= 1) good++;
    }
    const s = points === 0 ? 0 : got / points;
    tell<ProgressEvent>(this, { do: "answered", id: this.key.id, rev: this.key.rev, v: [good, of], s: Math.round(s * 1e4) / 1e4 });
    const big = find(this, "[data-score]");
    if (big) big.textContent = say("quiz.score", good, of);
    const lines = [element("p", "", say(good === of ? "quiz.all" : "quiz.again"))];
    if (this.key.pass) lines.push(element("p", "", say(s * 100 >= this.key.pass - 1e-9 ? "quiz.pass" : "quiz.nopass", this.key.pass)));
    status?.replaceChildren(...lines);
    this.offer();
  }

  private again(missed: boolean): void {
    const right = this.drawn.filter((q) => (this.shares.get(q) ?? 0) >= 1);
    this.attempt++;
    if (missed) {
      for (const q of right) {
        this.kept.points += q.key.points || 1;
        this.kept.got += q.key.points || 1;
        this.kept.good++;
        this.kept.of++;
      }
      this.start(this.drawn.filter((q) => !right.includes(q)));
    } else {
      this.kept = { points: 0, got: 0, good: 0, of: 0 };
      this.start(this.draw());
    }
    const first = this.drawn[0];
    find(first ?? this, "input, select, textarea, button")?.focus();
  }

  private offer(): void {
    const missed = this.drawn.some((q) => (this.shares.get(q) ?? 0) < 1);
    this.show("[data-finish]", this.held && !this.done);
    this.show("[data-missed]", this.done && missed);
    this.show("[data-redraw]", this.done);
  }
}
