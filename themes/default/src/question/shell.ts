// What all checks but the quiz have in common: their key, the status under them, the message when something is missing, the hints.
import type { Key } from "../contract";
import { Answers, all, element, find, icon, tell, type Said } from "../page";
import type { Answer, ProgressEvent } from "../progress/progress";
import { touched } from "../typed";

/** What a check needs to know of the world around it. */
export interface Around {
  site: string;
  seed(): number;
  /** What the learner answered to a check, now. */
  kept(id: string): Answer | undefined;
  /** What the learner wrote, now; "" when nothing is kept. */
  note(id: string): string;
  /** Calls then when what another tab wrote is known. */
  settled(then: () => void): void;
  say: Said;
  /** Whether the browser keeps what is answered. */
  keeps(): boolean;
}

/** A check with its key and its buttons. */
export abstract class Check extends HTMLElement {
  key!: Key;
  protected around!: Around;
  protected answers!: Answers;

  /** Wakes the form. False when the page holds no key for it: then it stays a plain form. */
  wake(around: Around): boolean {
    this.around = around;
    this.answers = new Answers(this.id);
    this.key = this.answers.key()!;
    return !!this.key;
  }

  /** Calls press on a click, unless the button is turned off. A button that is off for a while stays in reach of the keyboard. */
  protected on(selector: string, press: (button: HTMLElement) => void): void {
    for (const b of all(this, selector)) b.addEventListener("click", () => b.getAttribute("aria-disabled") === "true" || press(b));
  }

  protected turn(selector: string, off: boolean): void {
    find(this, selector)?.setAttribute("aria-disabled", String(off));
  }

  /** What is said of an answer; of a quiz, its result. */
  protected get said(): HTMLElement | null {
    return find(this, "[data-feedback]");
  }

  /** Shows or hides a part. A button that has nothing left to do goes; if it was the one pressed, the focus goes to what is said, which tells why. */
  protected show(selector: string, on: boolean): void {
    const e = find(this, selector);
    if (!e) return;
    const left = !on && document.activeElement === e;
    e.hidden = !on;
    if (!left || !this.said) return;
    this.said.tabIndex = -1;
    this.said.focus();
  }

  /** Fills a status without its being announced: on loading nobody asked for it. */
  protected quietly(box: HTMLElement | null, fill: () => void): void {
    box?.removeAttribute("role");
    fill();
    requestAnimationFrame(() => box?.setAttribute("role", "status"));
  }
}

/** A check with a status, a message and hints of its own: all but the quiz. */
export abstract class Shell extends Check {
  /** How many hints are shown. */
  protected hints = 0;
  /** Something was filled in and not checked yet: what is kept may not take its place. */
  protected filled = false;

  override wake(around: Around): boolean {
    if (!super.wake(around)) return false;
    this.filled = touched(this);
    this.on("[data-check]", () => this.check());
    this.on("[data-hint]", () => this.hint());
    // Not on change: that comes when a field is left, long after its answer was checked.
    this.addEventListener("input", () => {
      this.filled = true;
      this.edited();
    });
    this.addEventListener("keydown", (e) => {
      if (
        e.key !== "Enter" ||
        e.isComposing ||
        !(e.target instanceof HTMLInputElement) ||
        e.target.matches("[type=radio], [type=checkbox]")
      )
        return;
      e.preventDefault();
      this.check();
    });
    this.offerHint();
    return true;
  }

  /** The learner pressed the button, or Enter in a field. */
  protected check(): void {}

  /** The answer was changed: what was said about the old one goes. */
  protected edited(): void {
    this.error("");
  }

  /** Fills the status: an icon with a title, then the body. Without a title it is emptied. */
  protected status(kind: string, iconName = "", title = "", body: (Node | string | null)[] = []): void {
    const box = this.said;
    if (!box) return;
    box.className = "fb " + kind;
    box.replaceChildren(
      ...(title ? [headed(iconName, title)] : []),
      ...body.flatMap((b) => (b === null ? [] : typeof b === "string" ? element("p", "", b) : b)),
    );
  }

  /** What is said of an answer that is kept, or only taken. */
  protected get thanks(): string {
    return this.around.say(this.around.keeps() ? "saved" : "thanks");
  }

  /** The explanation, for the body of a status. */
  protected explanation(): HTMLElement | null {
    return boxed("explanation", this.answers.copy("explanation"));
  }

  /** Says what is missing, tied to the field, which gets the focus. */
  protected complain(at: HTMLElement | undefined | null): void {
    this.error(this.around.say("empty." + this.key.type));
    at?.setAttribute("aria-invalid", "true");
    at?.focus();
  }

  private error(text: string): void {
    const err = document.getElementById(this.id + ".error");
    if (err) err.textContent = text;
    if (!text) for (const f of all(this, "[aria-invalid]")) f.removeAttribute("aria-invalid");
  }

  private hint(): void {
    this.showHints(this.hints + 1);
    tell<ProgressEvent>(this, { do: "hinted", id: this.key.id, rev: this.key.rev, hints: this.hints });
  }

  /** Shows the first n hints. */
  protected showHints(n: number): void {
    const of = this.key.hints ?? 0;
    while (this.hints < n && this.hints < of) {
      const text = this.answers.copy("hint", this.hints++);
      const box = boxed("hintbox", text);
      box?.prepend(headed("bulb", this.around.say("hint", this.hints, of)));
      if (box) find(this, "[data-hints]")?.append(box);
    }
    this.offerHint();
  }

  /** A hint is offered until the question is solved. */
  protected offerHint(solved = false): void {
    const of = this.key.hints ?? 0;
    this.show("[data-hint]", of > 0 && !solved);
    this.turn("[data-hint]", this.hints >= of);
  }
}

function headed(iconName: string, title: string): HTMLElement {
  const head = element("p", "ft");
  head.append(icon(iconName), " ", title);
  return head;
}

export function boxed(className: string, text: DocumentFragment | null): HTMLElement | null {
  if (!text) return null;
  const box = element("div", className);
  box.append(text);
  return box;
}
