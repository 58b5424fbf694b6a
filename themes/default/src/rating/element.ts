// <waymark-rating>: a point on a scale; nothing is right or wrong. A later rating of the same scale shows both.
import { all, tell } from "../page";
import type { Answer, ProgressEvent } from "../progress/progress";
import { Shell } from "../question/shell";

export class Rating extends Shell {
  restore(kept: Answer | undefined): void {
    const now = point(kept);
    if (now !== undefined && !this.filled) for (const i of this.inputs) i.checked = Number(i.value) === now;
  }

  private get inputs(): HTMLInputElement[] {
    return all<HTMLInputElement>(this, ".opt input");
  }

  private words(n: number): string {
    const option = this.inputs.find((i) => Number(i.value) === n)?.closest(".opt");
    return option?.querySelector(".txt")?.textContent?.replace(/\s+/g, " ").trim() ?? String(n + 1);
  }

  protected override edited(): void {
    super.edited();
    this.status("");
  }

  protected override check(): void {
    const chosen = this.inputs.find((i) => i.checked);
    if (!chosen) return this.complain(this.inputs[0]);
    const { say } = this.around;
    const now = Number(chosen.value);
    this.filled = false;
    tell<ProgressEvent>(this, { do: "answered", id: this.key.id, rev: this.key.rev, v: [now], s: 1 });
    const earlier = this.key.same ? point(this.around.kept(this.key.same)) : undefined;
    const then = earlier === undefined ? [] : [say("rating.then", this.words(earlier))];
    this.status("info", "check", this.thanks, then);
  }
}

function point(a: Answer | undefined): number | undefined {
  const v = a?.last?.v[0];
  return v === undefined ? undefined : Number(v);
}
