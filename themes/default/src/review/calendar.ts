// The dates of the spaced review as an iCalendar text (RFC 5545): one entry for each day on which cards are due.
import type { CheckData } from "../contract";
import { type Day, type Moment, type Progress, own } from "../progress/progress";
import { addDays } from "./schedule";

export interface CalendarWords {
  /** Of an entry: "Review: 5 questions". */
  title(cards: number): string;
  /** Address of the learner's page; stands in each entry. */
  url: string;
  site: string;
}

export function calendar(p: Progress, checks: CheckData[], today: Day, now: Moment, words: CalendarWords): string {
  const days = new Map<Day, number>();
  for (const check of checks) {
    const card = own(p.review, check.id);
    if (!card || !check.deck) continue;
    // What is overdue is due today.
    const day = card.due < today ? today : card.due;
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  const stamp = now.replace(/[-:]/g, "");
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Waymark//Review//EN", "CALSCALE:GREGORIAN"];
  for (const [day, n] of [...days].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const date = (d: Day) => d.replace(/-/g, "");
    lines.push(
      "BEGIN:VEVENT",
      `UID:review-${day}@${words.site}.waymark`,
      "DTSTAMP:" + stamp,
      "DTSTART;VALUE=DATE:" + date(day),
      "DTEND;VALUE=DATE:" + date(addDays(day, 1)),
      "SUMMARY:" + escape(words.title(n)),
      ...(words.url ? ["URL:" + words.url] : []),
      "TRANSP:TRANSPARENT",
      "END:VEVENT",
    );
  }
  lines.push("END:VCALENDAR");
  return lines.map(fold).join("\r\n") + "\r\n";
}

function escape(text: string): string {
  return text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");
}

/** Lines are at most 75 bytes long; a longer one goes on behind a blank. No character is cut. */
function fold(line: string): string {
  let out = "";
  let width = 0;
  for (const c of line) {
    const bytes = new TextEncoder().encode(c).length;
    if (width + bytes > 75) {
      out += "\r\n ";
      width = 1;
    }
    out += c;
    width += bytes;
  }
  return out;
}
