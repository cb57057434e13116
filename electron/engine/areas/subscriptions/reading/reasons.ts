import type { ImportReason } from '../../../../contract/subscription-import.ts';
import type { BadRow } from './row-reader.ts';

/** This many lines are listed for each reason. */
export const LINES_NAMED = 5;

/** Groups rejected rows by why they were rejected. There are as many groups as there are kinds of problems, whatever the text. */
export interface Reasons {
  add(bad: BadRow): void;
  merge(more: readonly ImportReason[]): void;
  /** Most frequent first. */
  list(): ImportReason[];
}

export function createReasons(): Reasons {
  const byCode = new Map<string, ImportReason>();

  const merge = ({ problem, count, lines, excerpt }: ImportReason) => {
    const known = byCode.get(problem.code);
    if (known === undefined) {
      byCode.set(problem.code, { problem, count, lines: lines.slice(0, LINES_NAMED), excerpt });
      return;
    }
    known.count += count;
    known.lines.push(...lines.slice(0, LINES_NAMED - known.lines.length));
  };

  return {
    add({ problem, line, excerpt }) {
      const known = byCode.get(problem.code);
      if (known === undefined) byCode.set(problem.code, { problem, count: 1, lines: [line], excerpt });
      else {
        known.count += 1;
        if (known.lines.length < LINES_NAMED) known.lines.push(line);
      }
    },
    merge(more) {
      more.forEach(merge);
    },
    list: () => [...byCode.values()].sort((one, other) => other.count - one.count),
  };
}
