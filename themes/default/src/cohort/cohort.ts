import { all, find } from "../page";

/** Marks the rows of the next day on which there is something, today or later, as "Next"; after the last day none. today is a day as 2027-03-01. */
export function markNext(root: ParentNode, today: string): void {
  const rows = all(root, "tr[data-date]"); // in the order of their days
  const next = rows.map((row) => row.dataset["date"]!).find((day) => day >= today);
  for (const row of rows) {
    if (row.dataset["date"] !== next) continue;
    row.classList.add("next");
    row.setAttribute("aria-current", "date");
    find(row, "[data-next]")!.hidden = false;
  }
}
