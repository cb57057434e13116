import { subscriptionStateSchema } from '../../../contract/subscriptions.ts';
import { EXPORT_COLUMNS } from '../export-rows.ts';
import { FIRST_PUSH } from './instant.ts';
import type { Leaf } from './found-record.ts';

const MEMBERS = new Set<string>([...EXPORT_COLUMNS, 'id', 'keys', 'keys.p256dh', 'keys.auth']);

/** Whether an object is a row that Pushdesk wrote: then its texts are as people gave them, whatever they look like. */
export function isExported(value: object): boolean {
  const { state, addedAt, attributes = null } = value as Readonly<Record<string, unknown>>;
  return (
    isWrittenInstant(addedAt) &&
    (typeof attributes === 'object' || attributes === '') &&
    subscriptionStateSchema.safeParse(state).success &&
    Object.keys(value).every((name) => MEMBERS.has(name))
  );
}

/** As files have it, or the API in milliseconds: other programs that use the same names count seconds. */
function isWrittenInstant(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && value >= FIRST_PUSH;
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value);
}

/** The same for its values. */
export const isExportedRecord = (own: readonly Leaf[]): boolean =>
  own.some(({ path }) => path === 'addedAt') &&
  isExported(Object.fromEntries(own.map(({ path, value }) => [path, value])));
