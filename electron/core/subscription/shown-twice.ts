import { EXCERPT_CHARACTERS, type SubscriptionTextRow } from './region.ts';
import type { SubscriptionTextReader } from './text-reader.ts';

type Bad = Extract<SubscriptionTextRow, { kind: 'bad' }>;

const WITHOUT_KEYS: ReadonlySet<string> = new Set(['keys-missing', 'keys-folded', 'endpoint-shortened']);
const MAX_BETWEEN = 20;
const MIN_START = 30;

/**
 * Passes over an endpoint without keys if the next subscription is the same endpoint with its keys: consoles show an object folded on one
 * line, and its contents below.
 */
export function withoutShownTwice(reader: SubscriptionTextReader): SubscriptionTextReader {
  let held: Bad | null = null;
  let between: SubscriptionTextRow[] = [];
  const letGo = (): SubscriptionTextRow[] => {
    const rows = held === null ? [] : [held, ...between];
    held = null;
    between = [];
    return rows;
  };
  const without = (rows: SubscriptionTextRow[]): SubscriptionTextRow[] => {
    if (held === null && !rows.some(isWithoutKeys)) return rows;
    return rows.flatMap((row): SubscriptionTextRow[] => {
      if (held !== null && row.kind === 'other' && between.length < MAX_BETWEEN) {
        between.push(row);
        return [];
      }
      if (held !== null && row.kind === 'row' && isSame(held.excerpt, row.value.endpoint)) {
        const [first, ...others] = letGo();
        return [{ kind: 'other', line: first?.line ?? row.line }, ...others, row];
      }
      const before = letGo();
      if (!isWithoutKeys(row)) return [...before, row];
      held = row;
      return before;
    });
  };
  return {
    push: (piece) => without(reader.push(piece)),
    end: () => [...without(reader.end()), ...letGo()],
  };
}

const isWithoutKeys = (row: SubscriptionTextRow): row is Bad =>
  row.kind === 'bad' && WITHOUT_KEYS.has(row.problem.code);

/** Whether an endpoint begins like the one shown before and, if that one was shortened, also ends like it. */
function isSame(excerpt: string, endpoint: string): boolean {
  const [start = '', end] = (/https:\/\/[^\s"'`]+/.exec(excerpt)?.[0] ?? '').split('…');
  const isWhole = excerpt.length < EXCERPT_CHARACTERS;
  return (
    start.length >= MIN_START &&
    (end === undefined && isWhole ? endpoint === start : endpoint.startsWith(start)) &&
    (end === undefined || !isWhole || endpoint.endsWith(end))
  );
}
