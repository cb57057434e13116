import { labelOrderOf, type LabelOrder } from './label-order.ts';
import { createFieldRoles, type FieldRoles } from './record/field-role.ts';
import { splitLabel, withoutQuotes, type NamedValues } from './record/labelled-lines.ts';
import { readRecord } from './record/read-record.ts';
import { findRecords } from './record/find-records.ts';
import { clean, EXCERPT_CHARACTERS, type SubscriptionTextRow } from './region.ts';
import { NOT_A_SUBSCRIPTION } from './subscription-shape.ts';
import type { SubscriptionTextReader } from './text-reader.ts';
import { UNCLEAR } from './unclear.ts';

/** A longer line is not a label and its value. */
const MAX_LINE = 20_000;

/** The order of the labels of a text of which each line is a label and its value; `null`: it is another text, or has no clear order. */
export function labelOrderIn(look: string, isAll: boolean): LabelOrder | null {
  const lines = look.trimStart().split(/\r?\n/);
  if (!isAll) lines.pop();
  while (lines.at(-1)?.trim() === '') lines.pop();
  const labels: string[] = [];
  for (const line of lines) {
    const name = /^\S/.test(line) ? splitLabel(line)?.[0] : undefined;
    if (name === undefined) return null;
    labels.push(name);
  }
  return labelOrderOf(labels, createFieldRoles(), isAll);
}

/**
 * Reads such a text. A label that does not come after the last one begins the next subscription, so that a line that is lost, doubled or
 * misplaced costs no other one. Takes time in proportion to the text, and memory for one subscription.
 */
export function createLabelsReader({ names, unclear }: LabelOrder): SubscriptionTextReader {
  const roles = createFieldRoles();
  let rest = '';
  let line = 0;
  let block = fresh();

  const endBlock = (): SubscriptionTextRow[] => {
    const ended = block;
    block = fresh();
    return ended.line === 0 ? [] : rowsOf(ended, roles);
  };
  const takeLine = (whole: string): SubscriptionTextRow[] => {
    line += 1;
    if (whole.trim() === '') return endBlock();
    const [name = '', value = ''] = whole.length > MAX_LINE ? [] : (splitLabel(whole) ?? []);
    const place = names.indexOf(name);
    const rows = place !== -1 && place <= block.place ? endBlock() : [];
    if (block.line === 0) {
      block.line = line;
      block.excerpt = clean(whole, 0, EXCERPT_CHARACTERS);
    }
    // It may be the rest of a value.
    if (place === -1) block.isBroken = true;
    else {
      if (unclear.has(name)) block.unclear.add(name);
      else block.values[name] = withoutQuotes(value);
      block.place = place;
    }
    return rows;
  };

  return {
    push(piece) {
      rest += piece;
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      return lines.flatMap((one) => takeLine(one.replace(/\r$/, '')));
    },
    end: () => [...takeLine(rest), ...endBlock()],
  };
}

interface Block {
  readonly values: NamedValues;
  /** Labels that were left out of them. */
  readonly unclear: Set<string>;
  /** Where it begins; 0: it does not yet. */
  line: number;
  excerpt: string;
  /** The place of its last label in their order. */
  place: number;
  /** Whether there is a line that is not understood. */
  isBroken: boolean;
}

const fresh = (): Block => ({
  values: Object.create(null) as NamedValues,
  unclear: new Set(),
  line: 0,
  excerpt: '',
  place: -1,
  isBroken: false,
});

function rowsOf(
  { values, unclear, line, excerpt, isBroken }: Block,
  roles: FieldRoles,
): SubscriptionTextRow[] {
  const bad = (problem: typeof UNCLEAR): SubscriptionTextRow => ({ kind: 'bad', line, problem, excerpt });
  const hasPart = Object.keys(values).some((name) =>
    ['endpoint', 'p256dh', 'auth'].includes(roles.of(name)?.role ?? ''),
  );
  if (!hasPart) return [{ kind: 'other', line }];
  if (isBroken) return [bad(UNCLEAR)];
  const rows = findRecords(values, roles).map((found): SubscriptionTextRow => {
    if (found.kind === 'stranger') return bad(NOT_A_SUBSCRIPTION);
    const read = readRecord(found, roles);
    if (read.kind !== 'row') return { kind: 'bad', line, problem: read.problem, excerpt };
    const remarks = [read.remark, leftOut(unclear)].filter((remark) => remark !== null);
    return { ...read, line, remark: remarks.length > 0 ? remarks.join(' ') : null };
  });
  return rows.length > 0 ? rows : [bad(NOT_A_SUBSCRIPTION)];
}

/** What a person should know of labels that may be of the one above as well as of the one below. */
function leftOut(labels: ReadonlySet<string>): string | null {
  const names = [...labels].map((label) => `“${label}”`).join(', ');
  return names === ''
    ? null
    : `Left out, because the text begins or ends in the middle and doesn’t show whose it is: ${names}.`;
}
