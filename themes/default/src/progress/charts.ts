// Small charts of a learner's own numbers: a drawing without words, and beside it a table that says the same.
import { element } from "../page";

const SVG = "http://www.w3.org/2000/svg";

function shape(name: string, attributes: Record<string, string | number>): SVGElement {
  const e = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, String(value));
  return e;
}

function drawing(width: number, height: number, label: string): SVGElement {
  const svg = shape("svg", {
    viewBox: `0 0 ${width} ${height}`,
    width: "100%",
    class: "chart",
    role: "img",
    fill: "currentColor",
    stroke: "none",
  });
  svg.setAttribute("aria-label", label);
  svg.style.maxWidth = width + "px";
  return svg;
}

const LINE = { class: "chart-line", stroke: "currentColor", "stroke-opacity": 0.3 };

/** Bars from 0 to 1, one above the other, with a line at each quarter. */
export function bars(label: string, shares: number[]): SVGElement {
  const svg = drawing(320, 12 + shares.length * 28, label);
  for (let q = 0; q <= 4; q++) svg.append(shape("path", { d: `M${10 + q * 75} 4v${shares.length * 28 + 4}`, ...LINE }));
  shares.forEach((share, i) =>
    svg.append(
      shape("rect", { x: 10, y: 10 + i * 28, width: Math.max(2, Math.round(share * 300)), height: 20, rx: 3, class: "chart-bar" }),
    ),
  );
  return svg;
}

/** From a point of a scale to another, one line a pair: a ring before, a dot after. null where it is missing. */
export function pairs(label: string, points: number, list: { before: number | null; after: number | null }[]): SVGElement {
  const svg = drawing(320, 12 + list.length * 28, label);
  const x = (p: number) => 15 + (points > 1 ? (p * 290) / (points - 1) : 0);
  for (let p = 0; p < points; p++) svg.append(shape("path", { d: `M${x(p)} 4v${list.length * 28 + 4}`, ...LINE }));
  list.forEach(({ before, after }, i) => {
    const y = 20 + i * 28;
    if (before !== null && after !== null)
      svg.append(shape("path", { d: `M${x(before)} ${y}H${x(after)}`, class: "chart-way", stroke: "currentColor", "stroke-width": 3 }));
    if (before !== null)
      svg.append(
        shape("circle", { cx: x(before), cy: y, r: 7, class: "chart-before", fill: "none", stroke: "currentColor", "stroke-width": 2.5 }),
      );
    if (after !== null) svg.append(shape("circle", { cx: x(after), cy: y, r: 7, class: "chart-after" }));
  });
  return svg;
}

/** A QR code: dark on light whatever the theme, with the quiet edge that readers need. */
export function qrDrawing(grid: boolean[][], label: string): SVGElement {
  const n = grid.length + 8;
  const svg = shape("svg", { viewBox: `0 0 ${n} ${n}`, width: "100%", class: "qr", role: "img", "shape-rendering": "crispEdges" });
  svg.setAttribute("aria-label", label);
  svg.style.maxWidth = n * 4 + "px";
  let d = "";
  grid.forEach((row, y) => row.forEach((dark, x) => dark && (d += `M${x + 4} ${y + 4}h1v1h-1z`)));
  svg.append(shape("rect", { width: n, height: n, fill: "#fff" }), shape("path", { d, fill: "#000" }));
  return svg;
}

/** A table in a box that scrolls alone. The first cell of each row names it. */
export function table(caption: string, heads: string[], rows: (string | Node)[][]): HTMLElement {
  const box = element("div", "tablewrap");
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", caption);
  const t = element("table");
  t.append(element("caption", "", caption));
  const head = t.createTHead().insertRow();
  for (const h of heads) {
    const th = element("th", "", h);
    th.scope = "col";
    head.append(th);
  }
  const body = t.createTBody();
  for (const row of rows) {
    const tr = body.insertRow();
    row.forEach((cell, i) => {
      const td = element(i === 0 ? "th" : "td");
      if (i === 0) (td as HTMLTableCellElement).scope = "row";
      td.append(cell);
      tr.append(td);
    });
  }
  box.append(t);
  return box;
}
