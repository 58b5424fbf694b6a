// Older versions of the progress file, brought up to the present one step by step.

export const FORMAT = "waymark-progress";
export const VERSION = 1;

type Step = (file: Record<string, unknown>) => Record<string, unknown>;

/** steps[n] makes version n+1 of version n. Version 1 is the first there was. */
export const steps: Record<number, Step> = {};

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
