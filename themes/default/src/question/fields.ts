// The fields of a question, one kind beside the other: how an answer is read from the page and written into it.
import type { Key } from "../contract";
import { Answers, all, element, find, icon, type Said } from "../page";
import { LIMITS } from "../progress/read";
import type { Value } from "./mark";
import { showEnds } from "./order";

type Control = HTMLInputElement | HTMLSelectElement;

/** What is the same for all kinds. Answers are in authored positions, as mark.ts wants them. */
export interface Fields {
  controls(): HTMLElement[];
  /** What is marked right or wrong, one for each decision of mark.ts; of a choice all options. */
  parts(): HTMLElement[];
  read(): Value[];
  /** Writes an answer; "" or -1 in it is a part left open. */
  write(answer: Value[]): void;
  /** The first control that is not answered yet, or null. */
  missing(): HTMLElement | null;
  /** Puts options, items or partners into the order given, positions as authored. */
  arrange?(order: number[]): void;
}

export function fieldsOf(root: HTMLElement, key: Key, answers: Answers): Fields {
  if (key.type === "order") return ordering(root, answers.shown());
  if (key.type === "match") return matching(root, answers.shown());
  if (key.type === "cloze") return several(all<Control>(root, ".gap"), (c) => (c.tagName === "SELECT" ? Number(c.value) : c.value.trim()));
  if (find(root, ".opts")) return choice(root);
  return several(all<Control>(root, ".inp input"), (c) => c.value.trim());
}

/** The right answer as it would be read, where the key knows it. The key has words as they are compared; written are the author's. */
export function solution(key: Key, written: string[] = []): Value[] | null {
  if (key.type === "order") return Array.from({ length: key.size ?? 0 }, (_, i) => i);
  if (key.type === "cloze") return (key.gaps ?? []).map((gap, i) => (gap.accepts ? written[i] || gap.accepts[0]! : (gap.choice ?? "")));
  return key.pairs ?? null;
}

/** The answer without what was wrong in it; all right, or of a choice, it is empty. */
export function leftOver(key: Key, answer: Value[], right: boolean[]): Value[] {
  const none = key.type === "match" ? -1 : "";
  return ["match", "cloze"].includes(key.type) && !right.every(Boolean)
    ? answer.map((v, i) => (right[i] ? v : none))
    : answer.map(() => none);
}

/** The position that an option's, row's or gap's control stands for. */
export function placeOf(option: HTMLElement): number {
  return Number(find<HTMLInputElement>(option, "input")?.value);
}

function choice(root: HTMLElement): Fields {
  const options = all(root, ".opt");
  const inputs = options.map((o) => find<HTMLInputElement>(o, "input")!);
  const chosen = () => inputs.filter((i) => i.checked);
  return {
    controls: () => inputs,
    parts: () => options,
    read: () =>
      chosen()
        .map((i) => Number(i.value))
        .sort((a, b) => a - b),
    write: (answer) => inputs.forEach((i) => (i.checked = answer.includes(Number(i.value)))),
    missing: () => (chosen().length ? null : find(root, ".opt input")),
    arrange: (order) => order.forEach((n) => options.forEach((o) => placeOf(o) === n && o.parentElement?.append(o))),
  };
}

/** Controls with a value each: a field, gaps. */
function several(controls: Control[], valueOf: (c: Control) => Value): Fields {
  for (const c of controls) if (c instanceof HTMLInputElement) c.maxLength = LIMITS.typed;
  return {
    controls: () => controls,
    parts: () => controls,
    read: () => controls.map((c) => (c.value.trim() === "" ? "" : valueOf(c))),
    write: (answer) => controls.forEach((c, i) => (c.value = String(answer[i] ?? ""))),
    missing: () => controls.find((c) => c.value.trim() === "") ?? null,
  };
}

function matching(root: HTMLElement, shown: number[]): Fields {
  const rows = all(root, ".pair");
  const selects = rows.map((row) => find<HTMLSelectElement>(row, "select")!);
  // The page numbers the partners as it shows them.
  return {
    ...several(selects, (c) => shown[Number(c.value)] ?? -1),
    parts: () => rows,
    read: () => selects.map((s) => (s.value === "" ? -1 : (shown[Number(s.value)] ?? -1))),
    write: (answer) =>
      selects.forEach((s, i) => (s.value = shown.includes(Number(answer[i])) ? String(shown.indexOf(Number(answer[i]))) : "")),
    arrange: (order) => {
      for (const s of selects)
        for (const p of order) s.append(...[...s.options].filter((o) => o.value !== "" && shown[Number(o.value)] === p));
    },
  };
}

function ordering(root: HTMLElement, shown: number[]): Fields {
  const list = find(root, ".order")!;
  const items = () => all<HTMLElement>(list, ":scope > li");
  const authored = (li: HTMLElement) => shown[Number(li.dataset["item"])] ?? Number(li.dataset["item"]);
  const arrange = (order: Value[]) => {
    for (const n of order) for (const li of items()) if (authored(li) === n) list.append(li);
    showEnds(list);
  };
  return {
    controls: () => all(list, "button"),
    parts: items,
    read: () => items().map(authored),
    write: arrange,
    // The order at the start is an answer too: it may be checked as it stands.
    missing: () => null,
    arrange,
  };
}

const words = { ok: "mark.right", no: "mark.wrong", missed: "mark.missed", tried: "mark.tried", shown: "answer" };

/** Marks a part: a class, and a mark of icon and word that is part of the name of what it stands in. */
export function markPart(part: HTMLElement, kind: keyof typeof words, say: Said): void {
  const m = element("span", "mk mk-" + kind);
  m.append(icon(kind === "no" ? "cross" : kind === "tried" ? "retry" : "check"), " ", say(words[kind]));
  part.classList.add("is-" + kind);
  if (part.matches("input, select")) (part.closest(".affix") ?? part).after(m);
  else part.append(m);
}

/** Takes all marks and feedback away, but remembers which options of a single choice were tried. */
export function unmark(root: HTMLElement): void {
  for (const e of all(root, ".mk, .why")) e.remove();
  for (const e of all(root, ".is-ok, .is-no, .is-missed, .is-tried, .is-shown, .moved"))
    e.classList.remove("is-ok", "is-no", "is-missed", "is-tried", "is-shown", "moved");
}
