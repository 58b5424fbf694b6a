// Whether "/" opens the search. A key without Ctrl is in the way of people who speak to their computer, so the dialog has a switch for it
// (WCAG 2.1.4), and a theme can begin without it (data-slash="off" on the root element).
const KEY = "waymark:slash";
const html = () => document.documentElement.dataset;

export function slash(): boolean {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(KEY);
  } catch {
    // What was chosen holds for this page.
  }
  return (kept ?? html()["slash"]) !== "off";
}

export function setSlash(on: boolean): void {
  const kept = (html()["slash"] = on ? "on" : "off");
  try {
    localStorage.setItem(KEY, kept);
  } catch {
    // Not kept: it holds for this page.
  }
}
