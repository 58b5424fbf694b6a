// A question asked again for the spaced review: the learner's page links to it with ?review, the page asks it anew and leads on to the next card.
import type { App } from "../app";
import { element, find, fragment } from "../page";
import type { Question } from "../question/element";
import type { Quiz } from "../quiz/element";
import { queueKey } from "./schedule";

export function wakeReview(app: App, questions: Question[], quizzes: Quiz[]): void {
  if (!new URLSearchParams(location.search).has("review")) return;
  const id = fragment();
  const question = questions.find((q) => q.id === id);
  if (!question) return;
  for (const quiz of quizzes) quiz.include(question);
  question.review(Math.floor(Date.parse(app.now()) / 86_400_000));
  question.classList.add("in-review");
  question.scrollIntoView();
  find(question, "input, select, textarea, button:not([hidden])")?.focus({ preventScroll: true });
  question.addEventListener(
    "waymark-settled",
    () => {
      const next = nextCard(app.page.site);
      const p = element("p", "next-card");
      const a = element("a", "btn", app.say(next ? "review.next" : "review.back"));
      a.href = next ?? app.page.root + "progress.html";
      p.append(a);
      question.append(p);
    },
    { once: true },
  );
}

/** The address of the next card; it is taken off the queue. */
function nextCard(site: string): string | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(queueKey(site)) ?? "[]") as unknown;
    // Who chose a card from the list has it before it is its turn.
    const queue = Array.isArray(kept) ? kept.filter((card) => card !== location.href) : [];
    if (typeof queue[0] !== "string") return null;
    sessionStorage.setItem(queueKey(site), JSON.stringify(queue.slice(1)));
    const url = new URL(queue[0], location.href);
    // Only to a page of this site: what lies in a storage is nobody's word.
    return url.origin === location.origin && url.protocol === location.protocol ? url.href : null;
  } catch {
    return null;
  }
}
