// What a learner does with the data itself: keep a copy, share, read a file in, make and open a link, delete everything.
import type { App } from "../app";
import type { SiteData } from "../contract";
import { asked, button, element, find } from "../page";
import { calendar } from "../review/calendar";
import { qrDrawing } from "./charts";
import { importText } from "./import";
import { brought, pack, readLink, write } from "./link";
import { checksOf } from "./numbers";
import { type Progress, dayOf, isEmpty, keptKey } from "./progress";
import { qr } from "./qr";
import { type Share, toFile } from "./save";

/** Wakes the buttons of the page. Every act ends with a sentence in the status. */
export function wakeData(app: App, root: HTMLElement, site: SiteData): void {
  const status = find(root, "[data-status]");
  const say = (key: string) => {
    if (status) status.textContent = app.say(key);
  };
  // What was joined is here, but it may not stay.
  const join = (p: Progress, key: string) => {
    app.store.join(p);
    app.store.settled(() => say(app.store.keeps ? key : "progress.unkept"));
  };
  const on = (selector: string, act: () => void) => find(root, selector)?.addEventListener("click", act);
  const file = (share?: Share) =>
    JSON.stringify(toFile(app.store.get(), { site: app.page.site, edition: app.page.edition }, share), null, 1);

  on("[data-keep]", () => {
    save(file(), `${app.page.site}-${today(app)}.json`);
    remember(app);
    say("progress.kept");
    // Asked for by somebody who wants to keep things: now the browser may ask back.
    navigator.storage?.persist?.().catch(() => undefined);
  });
  wakeShare(app, root, file, say, on);

  const input = find<HTMLInputElement>(root, "input[data-read]");
  input?.addEventListener("change", () => {
    const picked = input.files?.[0];
    if (!picked) return;
    picked.text().then(
      (text) => {
        const read = importText(text, app.page.site);
        if ("progress" in read) join(read.progress, "progress.read");
        else say({ damaged: "progress.bad", format: "progress.bad", newer: "progress.newer", site: "progress.other" }[read.refused]);
      },
      () => say("progress.bad"),
    );
    input.value = "";
  });

  // A page from a folder has an address that leads nowhere else: a file does.
  on("[data-link]", () => void showLink(app, root, site).then(() => say(local() ? "progress.link.local" : "progress.link")));

  const ask = find<HTMLDialogElement>(root, "[data-ask=delete]");
  on("[data-delete]", () => ask?.showModal());
  if (ask)
    asked(ask, () => {
      app.store.clear();
      forget(app);
      find(root, "[data-link-out]")?.replaceChildren();
      say("progress.deleted");
    });

  const open = () => void openLink(app, root, site, say, (p) => join(brought(p, app.store.get()), "progress.link.taken"));
  addEventListener("hashchange", open);
  open();
  root.addEventListener("click", (e) => {
    if (!(e.target as Element).closest("[data-dates]")) return;
    const words = {
      title: (n: number) => app.say.count("progress.due", n),
      url: location.protocol.startsWith("http") ? location.href.split(/[?#]/)[0]! : "",
      site: app.page.site,
    };
    save(calendar(app.store.get(), checksOf(site), today(app), app.now(), words), "review.ics", "text/calendar");
    say("progress.dates.saved");
  });
}

function local(): boolean {
  return location.protocol === "file:";
}

function today(app: App): string {
  return dayOf(app.now());
}

/** Gives the reader a file. */
export function save(text: string, name: string, type = "application/json"): void {
  const a = element("a");
  a.href = URL.createObjectURL(new Blob([text], { type }));
  a.download = name;
  a.click();
  URL.revokeObjectURL(a.href);
}

function wakeShare(
  app: App,
  root: HTMLElement,
  file: (share: Share) => string,
  say: (key: string) => void,
  on: (selector: string, act: () => void) => void,
): void {
  const ask = find<HTMLDialogElement>(root, "[data-ask=share]");
  if (!ask) return;
  const withName = find<HTMLInputElement>(ask, "[data-with-name]");
  const typed = (selector: string) => find<HTMLInputElement>(ask, selector)?.value ?? "";
  const preview = find(ask, "[data-preview]");
  // The preview is the file, line by line: nothing is in it that is not seen before.
  const text = () => file({ name: withName?.checked ? typed("[data-name]") : "", code: typed("[data-code]") });
  const show = () => {
    if (preview) preview.textContent = text();
  };
  on("[data-share]", () => {
    show();
    ask.showModal();
  });
  ask.addEventListener("input", show);
  asked(ask, () => {
    save(text(), `${app.page.site}-shared-${today(app)}.json`);
    say("progress.shared");
  });
}

/** The link in its two forms: the open one to send, the packed one to show to a camera. */
async function showLink(app: App, root: HTMLElement, site: SiteData): Promise<void> {
  const out = find(root, "[data-link-out]");
  if (!out) return;
  const p = app.store.get();
  const page = location.href.split(/[?#]/)[0]!;
  const open = page + "#r=" + write(p, site, today(app));
  const packed = page + "#r=" + (await pack(p, site, today(app)));
  const field = element("input", "field linktext");
  field.readOnly = true;
  field.size = 10;
  field.value = open;
  field.setAttribute("aria-label", app.say("progress.link.label"));
  field.addEventListener("focus", () => field.select());
  const told = element("span", "meta");
  told.setAttribute("role", "status");
  const copy = button("btn quiet", app.say("progress.link.copy"), () => {
    field.select();
    // Where the clipboard is closed (a page opened from a folder) the text is selected for the reader's own keys.
    navigator.clipboard?.writeText(open).then(
      () => (told.textContent = app.say("progress.link.copied")),
      () => undefined,
    );
  });
  const grid = local() ? null : qr(packed);
  out.hidden = false;
  out.replaceChildren(field, copy, told, ...(grid ? [qrDrawing(grid, app.say("progress.link.qr"))] : []));
}

/** Reads a link that the page was opened with. It is taken over at once by an empty browser, else only when the reader says so. */
async function openLink(
  app: App,
  root: HTMLElement,
  site: SiteData,
  say: (key: string) => void,
  take: (p: Progress) => void,
): Promise<void> {
  const m = /^#r=([\w.-]+)$/.exec(location.hash);
  if (!m) return;
  const read = await readLink(m[1]!, site);
  try {
    history.replaceState(null, "", location.pathname + location.search);
  } catch {
    // A page from a folder may not change its address: then the link stays in it, and does no harm.
  }
  if (typeof read === "string") return say(read === "build" ? "progress.link.build" : "progress.link.bad");
  find(root, "[data-asked]")?.remove(); // about a link that was opened before
  if (isEmpty(app.store.get())) return take(read);
  say("progress.link.ask");
  const status = find(root, "[data-status]");
  const row = element("p", "row");
  row.dataset["asked"] = "";
  // The focus goes where the answer is said, for the button goes.
  const answer = (act: () => void) => () => {
    act();
    if (status) status.tabIndex = -1;
    status?.focus();
    row.remove();
  };
  const yes = button(
    "btn",
    app.say("progress.link.yes"),
    answer(() => take(read)),
  );
  row.append(
    yes,
    button(
      "btn quiet",
      app.say("progress.link.no"),
      answer(() => say("progress.link.left")),
    ),
  );
  status?.after(row);
  yes.focus();
}

function remember(app: App): void {
  try {
    localStorage.setItem(keptKey(app.page.site), today(app));
  } catch {
    // Then the reminder comes again.
  }
}

/** Deletes what else this site keeps in the browser: only keys with its id. */
function forget(app: App): void {
  for (const area of ["localStorage", "sessionStorage"] as const) {
    try {
      const store = window[area];
      for (const key of Object.keys(store)) if (key.startsWith(`waymark:${app.page.site}:`)) store.removeItem(key);
    } catch {
      // Nothing is kept there.
    }
  }
}
