import { subscriptionStateSchema } from '../../../contract/subscriptions.ts';
import type { Leaf } from './records.ts';

const MEMBERS = new Set([
  'id',
  'endpoint',
  'expirationTime',
  'keys',
  'keys.p256dh',
  'keys.auth',
  'p256dh',
  'auth',
  'applicationServerKey',
  'state',
  'addedAt',
  'label',
  'externalId',
  'tags',
  'attributes',
]);

/** Whether an object is a row that Pushdesk wrote: then its texts are as people gave them, whatever they look like. */
export function isExported(value: object): boolean {
  const { state, addedAt } = value as { state?: unknown; addedAt?: unknown };
  return (
    addedAt !== undefined &&
    subscriptionStateSchema.safeParse(state).success &&
    Object.keys(value).every((name) => MEMBERS.has(name))
  );
}

/** The same for its values. */
export const isExportedRecord = (own: readonly Leaf[]): boolean =>
  own.some(({ path }) => path === 'addedAt') &&
  isExported(Object.fromEntries(own.map(({ path, value }) => [path, value])));
