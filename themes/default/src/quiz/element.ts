// <waymark-quiz>: a draw of questions, its result, and another round: of what was missed, or of a new draw.
import { all, element, find, tell } from "../page";
import { type Answer, type Mark, type ProgressEvent, markKey } from "../progress/progress";
import { Question, SETTLED } from "../question/element";
import { type Around, Check } from "../question/shell";
import { drawOf, drawSeed } from "../question/shuffle";

/** In how many steps the share of a first answer is remembered: a digit to the base 36 says it, above 0 and 1. */
const SHARES = 33;

export class Quiz extends Check {
  private pool: Question[] = [];
  private drawn: Question[] = [];
  /** Points of questions of this round that were right before and are not asked again. */
  private kept: { points: number; got: number; good: number; of: number } = { points: 0, got: 0, good: 0, of: 0 };
  /** The share of each question's first try in this round. */
  private shares = new Map<Question, number>();
  private attempt = 0;
  /** The number of the draw: that of the attempt, but when what was missed is asked again, that of the attempt before. */
  private round = 0;
  /** The seed of the draw: 0 for somebody who has done nothing yet, whose seed comes with the first answer. */
  private seed = 0;
  /** Whether it is remembered which round this is. */
  private begun = false;
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

  /** Shows the last result and what it is of, or the round where it was left: questions answered since it was begun belong to it. */
  restore(kept: Answer | undefined, answers: (id: string) => Answer | undefined, mark: Mark | undefined): void {
    if (this.drawn.length > 0) return;
    const tries = kept?.tries ?? 0;
    const written = mark ? String(mark.v).split(" ") : [];
    const [results, draw = NaN, seed = NaN] = written.map(Number);
    const begun = results === tries;
    this.begun = begun;
    let ended = !begun && kept?.rev === this.key.rev && kept.last?.v.length === 2 ? kept.last : undefined;
    this.attempt = ended ? tries - 1 : tries;
    const known = draw >= 0 && seed >= 0 && (begun || ended);
    this.round = known ? draw : this.attempt;
    this.seed = known ? seed : this.around.seed();
    if (ended && !known && !this.wasAsked(answers)) {
      this.seed = 0; // that of somebody who had done nothing before
      if (!this.wasAsked(answers)) {
        ended = undefined; // a result of questions that nobody knows any more
        this.attempt = this.round = tries;
        this.seed = this.around.seed();
      }
    }
    this.start(begun ? this.asked(written[3] ?? "", answers) : this.draw(), this.held && !ended, false);
    const all = this.draw();
    const told = (q: Question) => {
      const n = parseInt(written[3]?.[all.indexOf(q)] ?? "", 36);
      return begun && n >= 2 ? (n - 2) / SHARES : undefined;
    };
    // An answer that was changed after the last result, before this round was begun, belongs to neither.
    const since = !ended && kept?.last?.v.length === 2 ? kept.last.at : "";
    const from = begun && tries && mark ? mark.at : "";
    // What was answered in a later round stands in its mark, so an answer of the very second of the mark is older. Moments are seconds.
    const within = (at: string) => at > since && (written[3] && !this.held ? at > from : at >= from);
    for (const q of this.drawn) {
      const a = answers(q.key.id);
      const share = told(q);
      if (!a?.last?.v.length || a.rev !== q.key.rev) continue;
      if (share === undefined && !within(a.last.at)) continue;
      q.restore(a, this.held, this.attempt > 0);
      // The first answer counts, where it was given in this round.
      const first = !this.held && a.first && (ended ? tries === 1 : within(a.first.at)) ? a.first : a.last;
      this.shares.set(q, ended?.s === 1 ? 1 : (share ?? first.s));
    }
    // What was left open was answered in another tab.
    if (!this.held && !ended && (begun || tries === 0) && this.drawn.length > 0 && this.shares.size === this.drawn.length)
      this.finish(false);
    if (ended) this.quietly(find(this, "[data-said]"), () => this.score(Number(ended.v[0]), Number(ended.v[1]), ended.s));
    this.offer();
  }

  /** Whether all questions of the draw were answered. */
  private wasAsked(answers: (id: string) => Answer | undefined): boolean {
    return this.draw().every((q) => answers(q.key.id)?.last);
  }

  /** Shows a question of the pool though it was not drawn, before those that were: for the spaced review. It belongs to no round. */
  include(q: Question): void {
    if (this.drawn.includes(q) || !this.pool.includes(q)) return;
    find(this, "[data-drawn]")?.prepend(q);
    q.hidden = false;
    this.number([q, ...this.drawn]);
  }

  get questions(): readonly Question[] {
    return this.pool;
  }

  protected override get said(): HTMLElement | null {
    return find(this, "[data-result]");
  }

  private get held(): boolean {
    return this.key.feedback === "end";
  }

  private draw(): Question[] {
    const { key, pool } = this;
    const of = pool.map((q) => q.key.id);
    return drawOf({ ...key, of }, drawSeed(key, this.around.site, this.seed, this.round)).flatMap((i) => pool[i] ?? []);
  }

  /** The questions of the draw that are asked in a round of what was missed: a digit for each, 0 where it is not. The others count as they were: right. The
   * author may have put others into the pool since, which were not. */
  private asked(digits: string, answers: (id: string) => Answer | undefined): Question[] {
    const all = this.draw();
    const right = all.filter((q, i) => {
      const a = answers(q.key.id);
      return digits[i] === "0" && a?.rev === q.key.rev && a.best === 1;
    });
    if (right.length === all.length) return all;
    this.pass(right);
    return all.filter((q) => !right.includes(q));
  }

  /** Questions that were right need not be asked again. */
  private pass(right: Question[]): void {
    for (const q of right) {
      this.kept.points += q.key.points || 1;
      this.kept.got += q.key.points || 1;
      this.kept.good++;
      this.kept.of++;
    }
  }

  private start(questions: Question[], held = this.held, begin = true): void {
    const { say } = this.around;
    this.drawn = questions;
    this.shares.clear();
    this.warned = this.done = false;
    const box = find(this, "[data-drawn]");
    for (const q of this.pool) q.hidden = !questions.includes(q);
    for (const q of questions) {
      box?.append(q);
      q.ask(this.attempt, held, begin);
    }
    this.number(questions);
    const text = find(this, "[data-draw-text]");
    if (text)
      text.textContent =
        questions.length < this.pool.length ? say.count("quiz.draw", questions.length, questions.length, this.pool.length) : "";
    find(this, "[data-score]")?.replaceChildren();
    this.show("[data-result]", false);
    this.offer();
  }

  private number(questions: Question[]): void {
    const { say } = this.around;
    questions.forEach((q, i) => {
      const number = find(q, "[data-number]");
      if (!number) return; // the page numbers nothing: the buttons are named by the prompt
      number.textContent = say("quiz.number", i + 1, questions.length);
      for (const of of all(q, ".acts .vh")) of.textContent = " " + say("quiz.of", i + 1);
    });
  }

  private settled(q: Question): void {
    // The result stands: what is answered after it was shown belongs to no round.
    if (!this.drawn.includes(q) || this.done) return;
    if (!this.begun && !this.attempt && this.shares.size === 0) this.begin();
    if (!this.shares.has(q) || this.held) {
      this.shares.set(q, q.last?.score ?? 0);
      // Of the first round the answers themselves tell which was the first.
      if (this.attempt > 0 && !this.held) this.begin();
    }
    if (!this.held && this.shares.size === this.drawn.length) this.finish(false);
    this.offer();
  }

  private finish(asked: boolean): void {
    const open = this.drawn.filter((q) => !this.shares.has(q));
    const { say } = this.around;
    const status = find(this, "[data-score-text]");
    if (asked && open.length > 0 && !this.warned) {
      this.warned = true;
      this.show("[data-result]", true);
      status?.replaceChildren(element("p", "", say.count("quiz.togo", open.length)));
      open[0]?.scrollIntoView({ block: "nearest" });
      return;
    }
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
    this.score(good, of, s);
    this.offer();
  }

  /** Shows the result of the round, which ends it. */
  private score(good: number, of: number, s: number): void {
    const { say } = this.around;
    const { pass } = this.key;
    this.done = true;
    this.show("[data-result]", true);
    const big = find(this, "[data-score]");
    if (big) big.textContent = say("quiz.score", good, of);
    const lines: string[] = [];
    if (good === of) lines.push(say("quiz.all"));
    else if (!this.held) lines.push(say("quiz.first"));
    if (this.missed) lines.push(say("quiz.again", find(this, "[data-missed]")?.textContent ?? ""));
    if (pass) lines.push(say(s * 100 >= pass - 1e-9 ? "quiz.pass" : "quiz.nopass", pass));
    find(this, "[data-score-text]")?.replaceChildren(...lines.map((line) => element("p", "", line)));
  }

  /** Remembers which round this is, which questions of the draw it asks, and how the first answers to them were. */
  private begin(asked = this.drawn): void {
    this.begun = true;
    const digit = (q: Question) => {
      const share = this.shares.get(q);
      return !asked.includes(q) ? "0" : share === undefined || this.held ? "1" : (2 + Math.round(share * SHARES)).toString(36);
    };
    const digits = this.attempt > 0 ? this.draw().map(digit) : [];
    const v = [this.attempt, this.round, this.seed, digits.length > 150 ? "" : digits.join("")].join(" ").trimEnd(); // a mark has a bound, see read.ts
    tell<ProgressEvent>(this, { do: "marked", key: markKey.round(this.key.id), v });
  }

  private again(missed: boolean): void {
    const right = this.drawn.filter((q) => (this.shares.get(q) ?? 0) >= 1);
    this.attempt = this.around.kept(this.key.id)?.tries ?? this.attempt + 1;
    if (missed) {
      const rest = this.drawn.filter((q) => !right.includes(q));
      this.shares.clear();
      this.begin(rest);
      this.pass(right);
      this.start(rest);
    } else {
      [this.round, this.seed] = [this.attempt, this.around.seed()];
      this.kept = { points: 0, got: 0, good: 0, of: 0 };
      this.start(this.draw());
      this.begin();
    }
    const first = this.drawn[0];
    find(first ?? this, "input, select, textarea, button")?.focus();
  }

  private get missed(): boolean {
    return this.drawn.some((q) => (this.shares.get(q) ?? 0) < 1);
  }

  private offer(): void {
    this.show("[data-finish]", this.held && !this.done);
    this.show("[data-missed]", this.done && this.missed);
    this.show("[data-redraw]", this.done);
  }
}
