// The policy of the pages forbids styles in elements and attributes, and Mermaid writes its drawings with them. A script may set each style by itself, though. So while Mermaid draws, a
// style element becomes a sheet that the document adopts, and a style attribute the declarations that it stands for; in markup that is read, style attributes have another name until
// their elements stand in the page.

let busy: Promise<unknown> = Promise.resolve();

/** Runs render, alone, and returns the drawing as an element that can stand in the page. */
export function withSheets(render: () => Promise<{ svg: string }>): Promise<SVGElement> {
  const turn = busy.then(() => shimmed(render));
  busy = turn.catch(() => undefined);
  return turn;
}

async function shimmed(render: () => Promise<{ svg: string }>): Promise<SVGElement> {
  const element = Element.prototype;
  const node = Node.prototype;
  const parser = DOMParser.prototype;
  const { setAttribute, setAttributeNS } = element;
  const { appendChild, insertBefore } = node;
  const { parseFromString } = parser;
  const sheets: CSSStyleSheet[] = [];

  element.setAttribute = function (name: string, value: string) {
    if (name.toLowerCase() === "style" && "style" in this) (this as HTMLElement).style.cssText = String(value);
    else setAttribute.call(this, name, value);
  };
  element.setAttributeNS = function (space: string | null, name: string, value: string) {
    if (name === "style" && "style" in this) (this as HTMLElement).style.cssText = String(value);
    else setAttributeNS.call(this, space, name, value);
  };
  // Whatever puts a style element somewhere gets a sheet in its place.
  const isSheet = (child: Node) => {
    if (!(child instanceof Element) || child.localName !== "style") return false;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(child.textContent ?? "");
    sheets.push(sheet);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return true;
  };
  node.appendChild = function <T extends Node>(this: Node, child: T): T {
    return isSheet(child) ? child : (appendChild.call(this, child) as T);
  };
  node.insertBefore = function <T extends Node>(this: Node, child: T, before: Node | null): T {
    return isSheet(child) ? child : (insertBefore.call(this, child, before) as T);
  };
  parser.parseFromString = function (markup: string, type: DOMParserSupportedType) {
    return parseFromString.call(this, renamed(String(markup)), type);
  };
  try {
    const { svg } = await render();
    const drawing = new DOMParser().parseFromString(svg, "text/html").body.firstElementChild;
    if (!(drawing instanceof SVGElement)) throw new Error("there is no drawing");
    const shown = document.adoptNode(drawing);
    for (const e of [shown, ...shown.querySelectorAll<SVGElement>("[data-style]")]) {
      if (e.dataset.style) e.style.cssText = e.dataset.style;
      delete e.dataset.style;
    }
    return shown;
  } catch (error) {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((s) => !sheets.includes(s));
    throw error;
  } finally {
    Object.assign(element, { setAttribute, setAttributeNS });
    Object.assign(node, { appendChild, insertBefore });
    Object.assign(parser, { parseFromString });
  }
}

const forbidden = /(<[a-z][^\s>]*(?:\s+[^\s=>"']+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*?\s+)(style|on[a-z]+)(?=\s*=)/gi;

/** Gives attributes that the policy forbids (styles, and the event handlers that somebody wrote into a label) another name, and takes style elements out. */
function renamed(markup: string): string {
  let after = markup.replace(/<style[\s>][\s\S]*?<\/style>/gi, "");
  for (let before = ""; before !== after; ) {
    before = after;
    after = before.replace(forbidden, "$1data-$2");
  }
  return after;
}
