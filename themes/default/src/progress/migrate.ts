// Older versions of the progress file, brought up to the present one step by step.

export const FORMAT = "waymark-progress";
export const VERSION = 1;

type Step = (file: Record<string, unknown>) => Record<string, unknown>;

/** steps[n] makes version n+1 of version n. */
export const steps: Record<number, Step> = {
  // Version 0 was a trial before the first release: a list of modules done by hand, and notes.
  0: (file) => {
    const modules: Record<string, unknown> = {};
    const notes: Record<string, unknown> = {};
    for (const [id, day] of entries(file["done"])) modules[id] = { done: day, how: "manual" };
    for (const [id, note] of entries(file["notes"])) {
      const { text, on } = (note ?? {}) as { text?: unknown; on?: unknown };
      notes[id] = { at: on, text };
    }
    return { format: FORMAT, version: 1, modules, notes };
  },
};

function entries(v: unknown): [string, unknown][] {
  return v !== null && typeof v === "object" ? Object.entries(v) : [];
}

/** The file as the present version; null when no step leads there. A newer version is left alone: that is for the caller to refuse. */
export function migrate(file: Record<string, unknown>, table: Record<number, Step> = steps, to = VERSION): Record<string, unknown> | null {
  let version = Number(file["version"]);
  while (version < to) {
    const step = table[version];
    if (!step) return null;
    file = { ...step(file), version: ++version };
  }
  return file;
}
