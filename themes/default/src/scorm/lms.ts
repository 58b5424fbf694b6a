// A learning platform (LMS), spoken to as SCORM 1.2 has it (ADL, Sharable Content Object Reference Model 1.2, The SCORM Run-Time Environment).

/** What is used of the API that a platform offers in a window. All goes and comes as texts; "true" is success. */
export interface API {
  LMSInitialize(nothing: ""): unknown;
  LMSFinish(nothing: ""): unknown;
  LMSGetValue(name: string): unknown;
  LMSSetValue(name: string, value: string): unknown;
  LMSCommit(nothing: ""): unknown;
  LMSGetLastError(): unknown;
}

/** The code of a platform for what it does not know, as it may with the bounds of a score. */
const UNKNOWN = "401";

/** A window as far as the search for an API goes: what is in one of another host cannot be seen, but what is above it can. */
export interface Place {
  API?: API | null;
  parent: Place;
  opener?: Place | null;
}

/** Looks for the platform's API: in this window, in those around it, and then in those around the one that opened it. null: there is none. */
export function findAPI(from: Place): API | null {
  const [api, top] = above(from);
  return api ?? (from.opener ? above(from.opener)[0] : null) ?? (top.opener ? above(top.opener)[0] : null);
}

/** The API of a window or of one around it, and the last window that was looked at. A window that goes on for ever is left after a hundred. */
function above(at: Place): [API | null, Place] {
  for (let i = 0; ; i++) {
    try {
      if (at.API) return [at.API, at];
    } catch {
      // A window of another host.
    }
    if (at.parent === at || i === 100) return [null, at];
    at = at.parent;
  }
}

/** One visit, from LMSInitialize to LMSFinish. It never throws. */
export class Visit {
  private told = new Map<string, string>();
  private changed = false;
  private over = false;

  private constructor(
    private readonly api: API,
    private readonly now: () => number,
    private readonly began = now(),
  ) {}

  /** Begins the visit; null where the platform does not want it. now is in milliseconds. */
  static begin(api: API | null, now: () => number): Visit | null {
    return api && right(() => api.LMSInitialize("")) ? new Visit(api, now) : null;
  }

  /** What the platform has under a name; "" is nothing. */
  get(name: string): string {
    try {
      return String(this.api.LMSGetValue(name) ?? "");
    } catch {
      return "";
    }
  }

  /** Tells the platform values by their names, and has it keep them. What it knows is not told again. false: it did not take something, which is told again the next time. */
  tell(values: Record<string, string>): boolean {
    if (this.over) return true;
    let taken = true;
    for (const [name, value] of Object.entries(values)) {
      if (this.told.get(name) === value) continue;
      if (right(() => this.api.LMSSetValue(name, value)) || this.unknown()) {
        this.told.set(name, value);
        this.changed = true;
      } else taken = false;
    }
    if (!this.changed) return taken;
    right(() => this.api.LMSSetValue("cmi.core.session_time", timespan(this.now() - this.began)));
    if (!right(() => this.api.LMSCommit(""))) return false;
    this.changed = false;
    return taken;
  }

  private unknown(): boolean {
    try {
      return String(this.api.LMSGetLastError()) === UNKNOWN;
    } catch {
      return false;
    }
  }

  /** Ends the visit, which can be taken up again. */
  end(): void {
    if (this.over) return;
    this.changed = true; // the time
    this.tell({ "cmi.core.exit": "suspend" });
    this.over = true;
    right(() => this.api.LMSFinish(""));
  }
}

/** Whether a call went well. Some platforms say true where "true" is meant. */
function right(call: () => unknown): boolean {
  try {
    return String(call()) === "true";
  } catch {
    return false;
  }
}

/** Milliseconds as a CMITimespan: 0001:02:03. */
export function timespan(ms: number): string {
  const s = Math.min(Math.max(0, Math.floor(ms / 1000)), 9999 * 3600 + 3599);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${String(Math.floor(s / 3600)).padStart(4, "0")}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
}
