// Ticks and choices: their text is the values of the boxes that are ticked, one a line.
import type { Field } from "../typed";

export function boxesIn(boxes: HTMLInputElement[]): Field {
  // Each is one line, whatever its author wrote.
  const values = boxes.map((b) => b.value.replace(/\s+/g, " "));
  /** The values that a text names. Older files have the places of options, from 0; where options are numbers, a number is one of them. */
  const named = (text: string) => {
    const lines = text.split("\n");
    const found = values.filter((v) => lines.includes(v));
    return found.length > 0 || values.some((v) => /^\d+$/.test(v)) ? found : values.filter((_, i) => lines.includes(String(i)));
  };
  return {
    controls: boxes,
    read: () => values.filter((_, i) => boxes[i]!.checked).join("\n"),
    write(text) {
      const on = named(text);
      boxes.forEach((b, i) => (b.checked = on.includes(values[i]!)));
    },
    join(was, typed, kept) {
      if (boxes[0]?.type === "radio") return typed;
      // Each box by itself is what was done to it last.
      const [before, now, then] = [was, typed, kept].map(named) as [string[], string[], string[]];
      return values.filter((v) => (now.includes(v) === before.includes(v) ? then : now).includes(v)).join("\n");
    },
  };
}
