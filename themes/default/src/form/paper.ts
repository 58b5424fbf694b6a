// What was typed, on paper: a field of one line cannot break there, so its text stands in its place.
import { all, element } from "../page";

export function printTyped(sheet: ParentNode): void {
  const copies = new Map<HTMLInputElement, HTMLElement>();
  addEventListener("beforeprint", () => {
    for (const field of all<HTMLInputElement>(sheet, "input.field[type=text]")) {
      if (field.value.trim() === "" || copies.has(field)) continue;
      const copy = element("span", "field typed print-only", field.value);
      copy.dir = "auto";
      field.after(copy);
      field.classList.add("no-print");
      copies.set(field, copy);
    }
  });
  addEventListener("afterprint", () => {
    for (const [field, copy] of copies) {
      copy.remove();
      field.classList.remove("no-print");
    }
    copies.clear();
  });
}
