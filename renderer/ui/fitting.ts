/** Pixels, as in tags.css. */
const SIDES = 14;
const GAP = 4;
const MAX_TAG = 160;
const MORE = 36;
const FONT = "500 12px 'Inter Variable', system-ui, sans-serif";
/** Used where nothing can be measured. */
const USUAL_LETTER = 7;

const measured = new Map<string, number>();
let ruler: CanvasRenderingContext2D | null | undefined;

function textWidth(text: string): number {
  const known = measured.get(text);
  if (known !== undefined) return known;
  ruler ??= contextOf();
  if (ruler === null) return text.length * USUAL_LETTER;
  ruler.font = FONT;
  const { width } = ruler.measureText(text);
  if (measured.size > 5000) measured.clear();
  measured.set(text, width);
  return width;
}

function contextOf(): CanvasRenderingContext2D | null {
  // jsdom has no canvas and complains to the console.
  return typeof OffscreenCanvas === 'undefined' ? null : document.createElement('canvas').getContext('2d');
}

/**
 * How many tags fit side by side in a width in pixels, with room for "+12" where some do not; at least one, which is then cut.
 *
 * @param widthOf of the text alone
 */
export function fitting(
  tags: readonly string[],
  width: number,
  widthOf: (text: string) => number = textWidth,
): number {
  let used = 0;
  let besideMore = 0;
  for (const [index, tag] of tags.entries()) {
    used += Math.min(MAX_TAG, Math.ceil(widthOf(tag)) + SIDES) + (index === 0 ? 0 : GAP);
    if (used > width) return Math.max(1, besideMore);
    if (used + GAP + MORE <= width) besideMore = index + 1;
  }
  return tags.length;
}
