import type { FieldRoles } from './field-role.ts';
import type { FoundRecord, Leaf } from './found-record.ts';
import { isExported } from './exported.ts';
import { isEndpoint } from './known-endpoint.ts';

/** In a longer text there may be something else. */
const MAX_TEXT = 64;
const PLAIN_ADDRESS = /^https:\/\/[!#-;=?-[\]-~]{1,4000}$/;
const KEY = /^[\w+/-]{8,100}={0,2}$/;

/** What the API and exports call the parts of a subscription and what is known about its person, and which values hold nothing more. */
const MEMBERS: ReadonlyMap<string, (value: unknown, roles: FieldRoles) => boolean> = new Map([
  ['endpoint', (value: unknown) => typeof value === 'string' && PLAIN_ADDRESS.test(value)],
  ['expirationTime', (value: unknown) => value === null || typeof value === 'number'],
  ['keys', areKeys],
  ['externalId', (value: unknown) => typeof value === 'number' || isShort(value)],
  ['label', isShort],
  ['tags', (value: unknown) => Array.isArray(value) && value.every(isShort)],
  [
    'attributes',
    (value: unknown, roles: FieldRoles) =>
      isPlain(value) &&
      Object.entries(value).every(([name, one]) => isShort(one) && !isEndpoint(name, one, roles)),
  ],
]);
/** The same for what only Pushdesk itself writes. */
const WRITTEN = new Set(['applicationServerKey', 'state', 'addedAt']);

/**
 * The record of an object that is one subscription as the API takes it or an export has it, as nearly all in a large file are. What
 * `findRecords` would find in it, for a quarter of the time.
 *
 * @returns `null`: it is something else, or there may be more in it
 */
export function aloneIn(value: unknown, roles: FieldRoles): FoundRecord | null {
  if (!isPlain(value) || !Object.hasOwn(value, 'endpoint') || !Object.hasOwn(value, 'keys')) return null;
  const own: Leaf[] = [];
  let isWritten = false;
  for (const [path, one] of Object.entries(value)) {
    if (WRITTEN.has(path)) isWritten = true;
    else if (MEMBERS.get(path)?.(one, roles) !== true) return null;
    if (path === 'keys')
      for (const [name, key] of Object.entries(one as object)) own.push({ path: `keys.${name}`, value: key });
    else own.push({ path, value: one });
  }
  if (isWritten && !isExported(value)) return null;
  return { kind: 'record', at: value, own, around: [], filedUnder: [] };
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Exactly both. */
function areKeys(value: unknown): boolean {
  if (!isPlain(value)) return false;
  const { p256dh, auth } = value;
  return Object.keys(value).length === 2 && isKey(p256dh) && isKey(auth);
}

const isKey = (value: unknown): boolean => typeof value === 'string' && KEY.test(value);

/** A text that is somebody's word, and no value in a notation. */
function isShort(value: unknown): boolean {
  return typeof value === 'string' && value.length <= MAX_TEXT && !/https?:|^\s*[{[@"]|[\r\n]/i.test(value);
}
