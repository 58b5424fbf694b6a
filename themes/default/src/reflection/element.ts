// <waymark-reflection>: a text of one's own. It is never marked and leaves the browser only in a file that its writer saves.
import { all, find, tell } from "../page";
import type { Answer, ProgressEvent } from "../progress/progress";
import { type Around, Shell } from "../question/shell";
import { Typed, wordsIn } from "../typed";

export class Reflection extends Shell {
  private typed!: Typed;

  override wake(around: Around): boolean {
    if (!super.wake(around)) return false;
    this.typed = new Typed(wordsIn(this.field));
    this.field.addEventListener("change", () => this.keep());
    // A page that is left while someone types never sees a change event.
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.keep());
    for (const tick of this.ticks) tick.addEventListener("change", () => this.answer());
    return true;
  }

  restore(kept: Answer | undefined, note: string): void {
    this.showHints(kept?.hints ?? 0);
    const { text } = this.typed;
    if (this.stores) this.typed.meet(note);
    if (this.typed.text !== text) this.status(""); // it was about another text
    this.keep();
    if (!kept?.last) return;
    for (const tick of this.ticks) tick.checked = kept.last.v.includes(Number(tick.value));
    this.open();
  }

  private get field(): HTMLTextAreaElement {
    return find<HTMLTextAreaElement>(this, "textarea")!;
  }

  private get ticks(): HTMLInputElement[] {
    return all<HTMLInputElement>(this, "[data-criteria] input");
  }

  private get stores(): boolean {
    return this.dataset["keep"] !== "no";
  }

  private keep(): void {
    if (!this.stores) return;
    this.around.settled(() => {
      this.typed.meet(this.around.note(this.key.id));
      const text = this.typed.take();
      if (text !== null) tell<ProgressEvent>(this, { do: "noted", key: this.key.id, text });
    });
  }

  protected override check(): void {
    if (!this.field.value.trim()) return this.complain(this.field);
    this.keep();
    this.answer();
    this.open();
    this.status("info", "check", this.stores ? this.thanks : this.around.say("thanks"), [this.explanation()]);
  }

  private answer(): void {
    const v = this.ticks.filter((t) => t.checked).map((t) => Number(t.value));
    tell<ProgressEvent>(this, { do: "answered", id: this.key.id, rev: this.key.rev, v, s: 1 });
  }

  private open(): void {
    find(this, "[data-criteria]")?.classList.add("open");
  }
}
