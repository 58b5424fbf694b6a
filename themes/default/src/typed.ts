// How a field and what is kept of it meet: one rule for all that learners fill in. A field is written over only while nobody has changed it since it was last
// shown or kept; what was typed is never lost, nor is what is kept.
import { LIMITS } from "./progress/read";

declare global {
  interface Window {
    /** What was filled in since the page began; kept by theme.ts. */
    waymarkEarly?: Set<Node>;
  }
}

/** Whether the learner has filled in something of root, be it before a script was there to see it. What a browser has put back into a field does not count. */
export function touched(root: Node): boolean {
  return Array.from(window.waymarkEarly ?? []).some((e) => root.contains(e));
}

/** Something to fill in, whose answer is one text. */
export interface Field {
  controls: HTMLElement[];
  read(): string;
  write(text: string): void;
  /** What holds both what was typed, over what stood there, and what is kept. */
  join(was: string, typed: string, kept: string): string;
}

export class Typed {
  /** The text when it was shown or kept last. While it is the same, what is kept may have been changed elsewhere. */
  private was: string;

  constructor(readonly field: Field) {
    this.was = field.controls.some(touched) ? "" : field.read();
  }

  get text(): string {
    return this.field.read();
  }

  /** What is to be kept, once; null when nothing was typed. */
  take(): string | null {
    const { text } = this;
    return text === this.was ? null : (this.was = text);
  }

  /** Takes over what is kept. What was typed meanwhile stays, and the next take is of both. */
  meet(kept: string): void {
    const { was, text } = this;
    this.was = kept;
    if (text === was) this.put(kept);
    else if (kept && kept !== was && kept !== text) this.field.write(this.field.join(was, text, kept));
  }

  /** Writes a text over what stands there. */
  put(text: string): void {
    this.field.write(text);
    this.was = this.text;
  }
}

/** A field for words. */
export function wordsIn(control: HTMLInputElement | HTMLTextAreaElement): Field {
  control.maxLength = LIMITS.text;
  return {
    controls: [control],
    read: () => control.value,
    write(text) {
      if (text === control.value) return;
      // Who is typing goes on where they are.
      const at = text.length - control.value.length + (control.selectionEnd ?? 0);
      control.value = text;
      if (document.activeElement === control) control.setSelectionRange(at, at);
    },
    join(was, typed, kept) {
      const more = (typed.startsWith(was) ? typed.slice(was.length) : typed).trimStart();
      return (kept + (more && (control.tagName === "INPUT" ? " " : "\n")) + more).slice(0, LIMITS.text);
    },
  };
}
