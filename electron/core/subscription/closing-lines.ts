/**
 * Tells, line by line, which lines close a bracket that none of them opened: what comes after such a line is apart from what is before it.
 * Only at its beginning does a bracket certainly close something: `1)` is the number of an item.
 */
export function createClosingLines(): (line: string) => boolean {
  let depth = 0;
  return (line) => {
    const isClosing = /^\s*[)\]}]/.test(line);
    let own = 0;
    let lowest = 0;
    for (const [bracket] of line.replaceAll(/"[^"]*"|'[^']*'/g, '').matchAll(/[({[\])}]/g)) {
      own += '({['.includes(bracket) ? 1 : -1;
      lowest = Math.min(lowest, own);
    }
    const closes = isClosing && depth + lowest < 0;
    depth = closes ? Math.max(0, own - lowest) : Math.max(0, depth + (isClosing ? own : Math.max(0, own)));
    return closes;
  };
}
