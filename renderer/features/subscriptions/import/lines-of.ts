import { formatCount } from '../../../format/numbers.ts';

/** Names the first lines of several: "Lines 4, 9 and 12 more". */
export function linesOf(lines: readonly number[], count: number): string {
  const named = lines.map(formatCount).join(', ');
  const rest = count - lines.length;
  return `${count === 1 ? 'Line' : 'Lines'} ${named}${rest > 0 ? ` and ${formatCount(rest)} more` : ''}`;
}
