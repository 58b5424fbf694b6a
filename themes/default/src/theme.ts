// Runs before the first paint, so that nothing flashes or jumps: the reader's theme, and whether there is saved progress.
const html = document.documentElement;
html.classList.replace("no-js", "js");
try {
  const theme = localStorage.getItem("waymark:theme");
  if (theme === "dark" || theme === "light") html.dataset.theme = theme;
  if (localStorage.getItem(`waymark:${html.dataset.site}:progress`)) html.classList.add("has-progress");
} catch {
  // The browser keeps nothing for this page: it looks as on a first visit.
}
export {};
