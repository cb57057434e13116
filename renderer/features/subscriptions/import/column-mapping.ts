import {
  decidesOverRows,
  type ColumnMapping,
  type ColumnTarget,
  type ImportColumn,
} from '../../../../electron/contract/subscription-import.ts';

/** Names of columns that say something about the table, and nothing about the person. */
const TECHNICAL =
  /(?:^|[_\s-])(?:id|pk|uuid|guid|hash|ip|count|status|state|type|token|agent|encoding|version|at|on|date|time|failures?)$|^(?:id|ip|user.?agent|session|browser.?id|updated|modified|deleted|last)/i;
const MAX_VALUE = 60;

/** What an unknown column most likely is: an attribute where its values are short words, and nothing where it serves a program. */
export function guessTarget({
  name,
  samples,
}: Pick<ImportColumn, 'name' | 'samples'>): 'attribute' | 'nothing' {
  const values = samples.filter((value) => value.trim() !== '');
  if (values.length === 0 || TECHNICAL.test(name.replaceAll(/([a-z])([A-Z])/g, '$1_$2'))) return 'nothing';
  return values.every((value) => value.length <= MAX_VALUE && !/^https?:|[{}]|^[0-9a-f-]{32,}$/i.test(value))
    ? 'attribute'
    : 'nothing';
}

/** What becomes of the columns that their names do not explain, before a person changes it. */
export function guessMapping(columns: readonly ImportColumn[]): ColumnMapping {
  return Object.fromEntries(
    columns.filter(({ readAs }) => readAs === null).map((column) => [column.name, guessTarget(column)]),
  );
}

/** What every subscription needs, and how a column that is read as it is described. */
const ESSENTIALS = [
  { target: 'endpoint', readAs: 'Endpoint' },
  { target: 'p256dh', readAs: 'Key p256dh' },
  { target: 'auth', readAs: 'Key auth' },
] as const satisfies readonly { target: ColumnTarget; readAs: string }[];

export const isEssential = (target: ColumnTarget): boolean => ESSENTIALS.some((one) => one.target === target);

/** What every subscription needs and no column is read as or mapped to. */
export function unmappedEssentials(columns: readonly ImportColumn[], mapping: ColumnMapping): ColumnTarget[] {
  if (columns.some(({ readAs }) => readAs === 'Subscription')) return [];
  return ESSENTIALS.filter(
    ({ target, readAs }) =>
      !columns.some((one) => one.readAs === readAs || (one.readAs === null && mapping[one.name] === target)),
  ).map(({ target }) => target);
}

/** The part of a mapping that changes which rows come in. */
export function decisivePart(mapping: ColumnMapping): ColumnMapping {
  return Object.fromEntries(Object.entries(mapping).filter(([, target]) => decidesOverRows(target)));
}
