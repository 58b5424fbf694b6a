// The fields of a question, one kind beside the other: how an answer is read from the page, written into it, marked in it.
import type { Key } from "../contract";
import { Answers, all, button, element, find, icon, type Said } from "../page";
import type { Marked, Value } from "./mark";

/** What is the same for all kinds. Answers are in authored positions, as mark.ts wants them. */
export interface Fields {
  /** The answer in the page now. */
  read(): Value[];
  /** The first control that is not answered yet, or null. */
  missing(): HTMLElement | null;
  write(answer: Value[]): void;
  /** Empties what was wrong (all of it when everything was right) for another try. */
  reset(last: Marked | null): void;
  /** Puts marks and feedback beside the parts; `answer` shows the right ones too. Returns the texts shown, for the status. */
  paint(marked: Marked, answer: boolean): Node[];
  /** Takes marks and feedback away. */
  clear(): void;
  /** Puts options (items, partners) into the order given, positions as authored. */
  arrange?(order: number[]): void;
  controls(): (HTMLInputElement | HTMLSelectElement | HTMLButtonElement)[];
}

export function fieldsOf(root: HTMLElement, key: Key, answers: Answers, say: Said, changed: () => void): Fields {
  switch (key.type) {
    case "single":
    case "multiple":
    case "rating":
      return choice(root, key, answers, say);
    case "order":
      return ordering(root, key, answers, say, changed);
    case "match":
      return matching(root, key, answers, say);
    case "cloze":
      return cloze(root, key, say);
    default:
      return typed(root, answers, say);
  }
}

/** A mark: an icon and a word, so that it is part of the name of what it stands in. */
export function markOf(kind: "ok" | "no" | "missed" | "tried", say: Said): HTMLElement {
  const m = element("span", "mk mk-" + kind);
  m.append(icon({ no: "cross", tried: "retry" }[kind as string] ?? "check"), " ", say("mark." + ({ ok: "right", no: "wrong" }[kind as string] ?? kind)));
  return m;
}

function choice(root: HTMLElement, key: Key, answers: Answers, say: Said): Fields {
  const options = all(root, ".opt");
  const input = (o: HTMLElement) => find<HTMLInputElement>(o, "input")!;
  const place = (o: HTMLElement) => Number(input(o).value);
  const chosen = () => options.filter((o) => input(o).checked);
  const right = new Set(key.right ?? []);
  const unmark = (o: HTMLElement) => {
    o.classList.remove("is-ok", "is-no", "is-missed");
    find(o, ".mk")?.remove();
  };
  return {
    controls: () => options.map(input),
    read: () => chosen().map(place).sort((a, b) => a - b),
    missing: () => (chosen().length > 0 || !options[0] ? null : input(find(root, ".opt")!)),
    write: (answer) => options.forEach((o) => (input(o).checked = answer.includes(place(o)))),
    reset: () => options.forEach((o) => (input(o).checked = false)),
    clear: () => {
      options.forEach(unmark);
      all(root, ".why").forEach((w) => w.remove());
    },
    paint: (_marked, answer) => {
      const shown: Node[] = [];
      const why = (o: HTMLElement, text: DocumentFragment | null) => {
        if (!text) return;
        const box = element("div", "why");
        box.dataset["why"] = String(place(o));
        box.append(text);
        o.after(box);
        shown.push(box);
      };
      for (const o of options) {
        unmark(o);
        const is = right.has(place(o));
        if (input(o).checked) {
          if (!key.neutral) {
            o.classList.add(is ? "is-ok" : "is-no");
            o.append(markOf(is ? "ok" : "no", say));
            // A wrong single choice stays marked as tried: the option is not taken away.
            if (!is && key.type === "single") o.classList.add("was-tried");
          }
          why(o, answers.copy("why", place(o)));
        } else if (is && answer) {
          o.classList.add("is-missed");
          o.append(markOf("missed", say));
          why(o, answers.copy("missed", place(o)) ?? answers.copy("why", place(o)));
        } else if (o.classList.contains("was-tried") && !key.neutral) o.append(markOf("tried", say));
      }
      return shown;
    },
    arrange: (order) => {
      const at = new Map(options.map((o) => [place(o), o]));
      const parent = options[0]?.parentElement;
      for (const i of order) {
        const o = at.get(i);
        if (o) parent?.append(o);
      }
    },
  };
}

function typed(root: HTMLElement, answers: Answers, say: Said): Fields {
  const input = find<HTMLInputElement>(root, ".inp input")!;
  return {
    controls: () => [input],
    read: () => [input.value.trim()],
    missing: () => (input.value.trim() ? null : input),
    write: (answer) => (input.value = String(answer[0] ?? "")),
    reset: () => (input.value = ""),
    clear: () => {
      input.classList.remove("is-ok", "is-no");
      input.parentElement?.querySelector(".mk")?.remove();
    },
    paint: (marked) => {
      input.classList.add(marked.right ? "is-ok" : "is-no");
      input.after(markOf(marked.right ? "ok" : "no", say));
      return marked.line < 0 ? [] : [answers.copy("why", marked.line) ?? document.createDocumentFragment()];
    },
  };
}

function matching(root: HTMLElement, key: Key, answers: Answers, say: Said): Fields {
  const rows = all(root, ".pair").sort((a, b) => Number(a.dataset["row"]) - Number(b.dataset["row"]));
  const select = (row: HTMLElement) => find<HTMLSelectElement>(row, "select")!;
  const shown = answers.shown();
  const partner = (row: HTMLElement) => (select(row).value === "" ? -1 : (shown[Number(select(row).value)] ?? Number(select(row).value)));
  const choose = (row: HTMLElement, p: number) => (select(row).value = p < 0 ? "" : String(shown.length ? shown.indexOf(p) : p));
  return {
    arrange: (order) => {
      for (const s of rows.map(select)) {
        const at = [...s.options].filter((o) => o.value !== "");
        s.append(...order.flatMap((p) => at.find((o) => (shown[Number(o.value)] ?? Number(o.value)) === p) ?? []));
      }
    },
    controls: () => rows.map(select),
    read: () => rows.map(partner),
    missing: () => rows.map(select).find((s) => s.value === "") ?? null,
    write: (answer) => rows.forEach((row, i) => choose(row, Number(answer[i] ?? -1))),
    reset: (last) => rows.forEach((row, i) => (!last || last.right || !last.parts[i]) && choose(row, -1)),
    clear: () => rows.forEach(clearPart),
    paint: (marked, answer) => {
      rows.forEach((row, i) => {
        if (answer) choose(row, key.pairs?.[i] ?? -1);
        const ok = marked.parts[i] === true;
        row.classList.add(ok ? "is-ok" : "is-no");
        row.append(markOf(ok ? "ok" : answer ? "missed" : "no", say));
      });
      return [];
    },
  };
}

function clearPart(part: HTMLElement): void {
  part.classList.remove("is-ok", "is-no");
  find(part, ":scope > .mk")?.remove();
}

function cloze(root: HTMLElement, key: Key, say: Said): Fields {
  const gaps = all<HTMLInputElement | HTMLSelectElement>(root, ".gap").sort((a, b) => Number(a.dataset["gap"]) - Number(b.dataset["gap"]));
  const isChoice = (g: HTMLElement) => g.tagName === "SELECT";
  return {
    controls: () => gaps,
    read: () => gaps.map((g) => (g.value.trim() === "" ? "" : isChoice(g) ? Number(g.value) : g.value.trim())),
    missing: () => gaps.find((g) => g.value.trim() === "") ?? null,
    write: (answer) => gaps.forEach((g, i) => (g.value = String(answer[i] ?? ""))),
    reset: (last) => gaps.forEach((g, i) => (!last || last.right || !last.parts[i]) && (g.value = "")),
    clear: () =>
      gaps.forEach((g) => {
        g.classList.remove("is-ok", "is-no");
        if (g.nextElementSibling?.classList.contains("mk")) g.nextElementSibling.remove();
      }),
    paint: (marked, answer) => {
      gaps.forEach((g, i) => {
        const gap = key.gaps?.[i];
        if (answer && !marked.parts[i]) g.value = String(gap?.accepts?.[0] ?? gap?.choice ?? "");
        const ok = marked.parts[i] === true;
        g.classList.add(ok ? "is-ok" : "is-no");
        g.after(markOf(ok ? "ok" : answer ? "missed" : "no", say));
      });
      return [];
    },
  };
}

function ordering(root: HTMLElement, key: Key, answers: Answers, say: Said, changed: () => void): Fields {
  const list = find(root, ".order")!;
  const live = find(root, "[data-live]");
  const shown = answers.shown();
  const authored = (li: HTMLElement) => shown[Number(li.dataset["item"])] ?? Number(li.dataset["item"]);
  const items = () => all<HTMLElement>(list, ":scope > li");
  const text = (li: HTMLElement) => find(li, ".txt")?.textContent?.trim() ?? "";
  let touched = false;

  const label = () => {
    const now = items();
    now.forEach((li, i) => {
      const [up, down] = all(li, ".mv button");
      up?.setAttribute("aria-disabled", String(i === 0));
      down?.setAttribute("aria-disabled", String(i === now.length - 1));
    });
  };
  const move = (li: HTMLElement, by: -1 | 1, from: HTMLElement) => {
    const other = by < 0 ? li.previousElementSibling : li.nextElementSibling;
    if (from.getAttribute("aria-disabled") === "true" || !other) return;
    if (by < 0) other.before(li);
    else other.after(li);
    touched = true;
    for (const o of items()) o.classList.toggle("moved", o === li);
    label();
    changed();
    const now = items();
    if (live) live.textContent = say("order.now", text(li), now.indexOf(li) + 1, now.length);
    from.focus();
  };
  for (const li of items()) {
    find(li, ".posl")?.remove();
    const buttons = element("span", "mv");
    for (const [name, by] of [
      ["up", -1],
      ["down", 1],
    ] as const) {
      const b = button("iconbtn", "", () => move(li, by, b));
      b.append(icon(name));
      b.setAttribute("aria-label", say("order." + name, text(li)));
      buttons.append(b);
    }
    li.append(buttons);
  }
  label();

  const arrange = (order: number[]) => {
    const at = new Map(items().map((li) => [authored(li), li]));
    for (const i of order) {
      const li = at.get(i);
      if (li) list.append(li);
    }
    label();
  };
  return {
    controls: () => all<HTMLButtonElement>(list, "button"),
    read: () => items().map(authored),
    // The order at the start is an answer too: it may be checked as it stands.
    missing: () => null,
    write: (answer) => {
      touched = true;
      arrange(answer.map(Number));
    },
    reset: () => (touched = false),
    clear: () => items().forEach((li) => (clearPart(li), li.classList.remove("moved"))),
    paint: (marked, answer) => {
      if (answer) arrange(Array.from({ length: key.size ?? items().length }, (_, i) => i));
      items().forEach((li, i) => {
        const ok = answer || marked.parts[i] === true;
        li.classList.add(ok ? "is-ok" : "is-no");
        li.append(markOf(ok ? "ok" : "no", say));
      });
      return [];
    },
    arrange: (order) => !touched && arrange(order),
  };
}
