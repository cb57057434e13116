/** How high bars can be, and whether some are higher and cut. */
export interface BarScale {
  readonly max: number;
  readonly isCut: boolean;
}

/** How much higher than all others a bar has to be before it is cut: a bar that stands out a little is to be seen as it is. */
const MUCH_HIGHER = 2;

/**
 * A scale for bars among which a few may be so high that the others could not be seen, as on the day of an import.
 * @param heights 0 or more
 */
export function barScale(heights: readonly number[]): BarScale {
  const some = heights.filter((height) => height > 0).toSorted((one, other) => one - other);
  const at = (share: number) => some[Math.floor((some.length - 1) * share)] ?? 0;
  const highest = some.at(-1) ?? 0;
  const usual = Math.max(4 * at(0.5), 1.5 * at(0.9));
  const isCut = highest > MUCH_HIGHER * usual;
  return { max: isCut ? usual : Math.max(1, highest), isCut };
}

/** Where a line runs, from its lowest to its highest value; a flat one runs in the middle. */
export function lineScale(values: readonly number[]): { min: number; max: number } {
  const min = Math.min(...values);
  const max = Math.max(...values);
  if (values.length === 0) return { min: 0, max: 1 };
  if (min === max) return { min: min - 1, max: max + 1 };
  // A line that begins near zero begins at zero: otherwise a small rise would look like a large one.
  return { min: min < max / 2 ? 0 : min, max };
}

/** Points of a line in a box of `width` by `height`, one above the middle of each step. */
export function linePoints(values: readonly number[], width: number, height: number): [number, number][] {
  const { min, max } = lineScale(values);
  const step = width / Math.max(1, values.length);
  return values.map((value, index) => [
    (index + 0.5) * step,
    height - ((value - min) / (max - min)) * height,
  ]);
}
