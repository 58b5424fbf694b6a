// Runs before the first paint, so that nothing flashes or jumps: the reader's theme, and whether there is saved progress.
const html = document.documentElement;
html.classList.replace("no-js", "js");
try {
  const theme = localStorage.getItem("waymark:theme");
  if (theme === "dark" || theme === "light") html.dataset.theme = theme;
} catch {
  // The browser keeps nothing for this page: it looks as on a first visit.
}
for (const area of ["localStorage", "sessionStorage"] as const) {
  try {
    if (window[area].getItem(`waymark:${html.dataset.site}:progress`)) html.classList.add("has-progress");
  } catch {
    // Nothing is kept there.
  }
}
// What the learner fills in before a script is there to see it.
const early = (window.waymarkEarly = new Set());
addEventListener("input", (e) => early.add(e.target as Node), true);
// Where the page's own script did not come, the page is one without scripts: with its answers.
document.addEventListener("DOMContentLoaded", () => window.waymark || html.classList.replace("js", "no-js"));
export {};
