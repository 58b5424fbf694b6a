// diagram.js: pages with a diagram, behind Mermaid's script. Draws each diagram twice, for light and for dark (the sheet shows one, and light on paper), and folds its text away.
import { withSheets } from "./sheets";

interface Mermaid {
  initialize(config: object): void;
  render(id: string, text: string): Promise<{ svg: string }>;
}

const mermaid = (globalThis as unknown as { mermaid?: Mermaid }).mermaid;
mermaid?.initialize({ startOnLoad: false });

/** Mermaid's own dark fills are nearly black on black: slices of a pie and branches of a map are light, with dark words, as the chips of roles are. */
const fills = ["#7ed0c2", "#edbc60", "#b6c0f6", "#efb698", "#e0acd5", "#9fc8ef", "#86d4a3", "#f5a89e", "#d9c79b", "#a6e4da", "#f3ce87", "#bfc8c2"];
const dark = {
  ...Object.fromEntries(fills.flatMap((fill, i) => [["pie" + (i + 1), fill], ["cScale" + i, fill], ["cScaleLabel" + i, "#06211f"]])),
  pieSectionTextColor: "#06211f",
  pieStrokeColor: "#111817",
  pieOpacity: "1",
  git0: fills[0],
  gitBranchLabel0: "#06211f",
};

/** A drawing shrinks with its column to this share of its size and no further: its words have 16 pixels, and 12 can still be read. */
const LEAST = 0.75;

/** What then is wider than its frame is moved in it, with a keyboard too. */
const wide = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
    else target.removeAttribute("tabindex");
  }
});

async function draw(figure: HTMLElement, number: number) {
  const source = figure.querySelector("pre.mermaid");
  const fold = figure.querySelector("details");
  if (!mermaid || !source || !fold) return;
  const title = figure.querySelector("figcaption")?.textContent?.trim();
  const drawn: HTMLElement[] = [];
  try {
    for (const look of ["light", "dark"]) {
      mermaid.initialize({
        startOnLoad: false,
        securityLevel: "strict",
        htmlLabels: false,
        flowchart: { htmlLabels: false },
        class: { htmlLabels: false },
        suppressErrorRendering: true,
        logLevel: "fatal",
        theme: look === "dark" ? "dark" : "neutral",
        themeVariables: look === "dark" ? dark : {},
        fontFamily: getComputedStyle(figure).fontFamily,
      });
      const id = `diagram-${number}-${look}`;
      const svg = await withSheets(() => mermaid.render(id, source.textContent ?? ""));
      svg.setAttribute("role", "img");
      svg.removeAttribute("aria-roledescription");
      if (!svg.hasAttribute("aria-labelledby")) svg.setAttribute("aria-label", title || figure.dataset.word || "");
      const frame = document.createElement("div");
      frame.className = `drawing ${look}`;
      frame.append(svg);
      svg.style.minInlineSize = `${Math.round((svg as SVGSVGElement).viewBox.baseVal.width * LEAST)}px`;
      frame.setAttribute("role", "group");
      frame.setAttribute("aria-label", title || figure.dataset.word || "");
      wide.observe(frame);
      drawn.push(frame);
    }
  } catch (error) {
    const said = document.createElement("p");
    said.className = "fault";
    said.textContent = figure.dataset.fault ?? "";
    const detail = document.createElement("code");
    detail.textContent = String((error as Error)?.message ?? error).split("\n").slice(0, 2).join(" ");
    said.append(" ", detail);
    fold.before(said);
    return;
  }
  fold.before(...drawn);
  fold.open = false;
  figure.classList.add("drawn");
}

async function drawAll() {
  let number = 0;
  for (const figure of document.querySelectorAll<HTMLElement>("figure.diagram")) await draw(figure, ++number);
}

void drawAll();
