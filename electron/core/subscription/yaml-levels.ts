/** How the items of a YAML text begin, and where. */
export interface Level {
  readonly indent: number;
  readonly kind: 'document' | 'name' | 'dash';
  /** The line of each, and the one after its last. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const DASH = /^ *-(?:\s|$)/;
const NAME = /^ *(?:"[^"\n]{1,200}"|'[^'\n]{1,200}'|[\p{L}\p{N}_@][^\n:]{0,200}):(?=\s|$)/u;
const SIGN = /https:\/\/|endpoint/i;

/** The outermost level at which several items have subscriptions. */
export function levelOf(lines: readonly string[]): Level | null {
  const signs = lines.flatMap((line, index) => (hasSign(line) ? [index] : []));
  return (
    levelsOf(lines)
      .sort((a, b) => a.indent - b.indent || b.kind.localeCompare(a.kind))
      .find((level) => isOfSeveral(level, lines, signs)) ?? null
  );
}

function levelsOf(lines: readonly string[]): Level[] {
  const levels = new Map<string, Level & { starts: number[]; ends: number[] }>();
  let open: (Level & { ends: number[] })[] = [];
  lines.forEach((line, index) => {
    if (isEmptyLine(line)) return;
    const kind = line.startsWith('---') ? 'document' : isDash(line) ? 'dash' : isName(line) ? 'name' : null;
    const indent = kind === 'document' ? -1 : indentOf(line);
    open = open.filter((level) => {
      // A list may be as deep as its name.
      const isIn =
        indent > level.indent || (kind === 'dash' && level.kind === 'name' && indent === level.indent);
      if (!isIn) level.ends.push(index);
      return isIn;
    });
    if (kind === null) return;
    const level = levels.get(`${kind}${indent}`) ?? { indent, kind, starts: [], ends: [] };
    levels.set(`${kind}${indent}`, level);
    level.starts.push(index);
    open.push(level);
  });
  for (const { ends } of open) ends.push(lines.length);
  return [...levels.values()];
}

/**
 * Whether several items have a sign of a subscription in them. A name with an address beside it is a field of one, and so is one that comes
 * again.
 */
function isOfSeveral(
  { starts, ends, kind }: Level,
  lines: readonly string[],
  signs: readonly number[],
): boolean {
  const names = new Set<unknown>();
  let at = 0;
  starts.forEach((start, index) => {
    const from = kind === 'name' ? start + 1 : start;
    while ((signs[at] ?? Infinity) < from) at += 1;
    if ((signs[at] ?? Infinity) < (ends[index] ?? 0)) names.add(kind === 'name' ? lines[start] : start);
  });
  return names.size > 1;
}

/** Where the rest of an item begins whose first line is lost: right before the first item, and deeper than that. */
export function tornBefore(lines: readonly string[], { indent, kind, starts }: Level): number {
  const [first = 0] = starts;
  if (kind === 'document') return lines.slice(0, first).some(isName) ? 0 : first;
  let from = first;
  while (from > 0) {
    const line = lines[from - 1] ?? '';
    if (!isEmptyLine(line) && indentOf(line) <= indent) break;
    from -= 1;
  }
  return lines.slice(from, first).every(isEmptyLine) ? first : from;
}

export const isDash = (line: string): boolean => DASH.test(line);
export const isName = (line: string): boolean => NAME.test(line);
export const hasSign = (text: string): boolean => SIGN.test(text);
export const indentOf = (line: string): number => line.length - line.trimStart().length;
export const isEmptyLine = (line: string): boolean => /^\s*(?:#.*)?$/.test(line);
