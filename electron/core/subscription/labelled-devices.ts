import { createFieldRoles, type FieldRoles } from './record/field-role.ts';
import { devicesIn, type Device } from './record/devices.ts';
import { isPoint, isSecretText, readKey } from './record/key-bytes.ts';
import { splitLabel, withoutQuotes } from './record/labelled-lines.ts';
import { readRecord } from './record/read-record.ts';
import type { Leaf } from './record/found-record.ts';
import { clean, EXCERPT_CHARACTERS, type SubscriptionTextRow } from './region.ts';

const COMMENT = /^\s*(?:$|#|\/\/|;)/;
/** `subs[0].endpoint=…` */
const WITH_INDEX =
  /^([\p{L}_][\p{L}\p{N}_.-]{0,40}\[[\p{L}\p{N}_]{1,20}\][\p{L}\p{N}_.[\]-]{0,60})\s{0,4}[:=]\s{0,4}(\S.*)$/u;
const PARTS: ReadonlySet<string> = new Set(['endpoint', 'p256dh', 'auth']);

/**
 * The devices of one person in lines each of which has a name of its own: `USER_ID=7`, `ENDPOINT_1=…`, `AUTH_1=…`, `ENDPOINT_2=…`. Only
 * all lines together show that what is said of nobody is said of each, and that the names count, not the order.
 *
 * @param text all of it
 * @returns `null`: it is another text
 */
export function labelledDevices(text: string): SubscriptionTextRow[] | null {
  const own: (Leaf & { readonly value: string })[] = [];
  const lines = new Map<string, number>();
  for (const [index, line] of text.split(/\r\n?|\n/).entries()) {
    if (COMMENT.test(line)) continue;
    const [, name, said] = WITH_INDEX.exec(line) ?? [];
    const label = name === undefined || said === undefined ? splitLabel(line) : ([name, said] as const);
    const [path, value] = (/^\S/.test(line) ? label : null) ?? [];
    if (path === undefined || value === undefined || lines.has(path)) return null;
    lines.set(path, index + 1);
    own.push({ path, value: withoutQuotes(value) });
  }
  const roles = createFieldRoles();
  const devices = devicesIn(own, roles);
  if (devices === null || own.some((leaf) => isUnknownKey(leaf, roles))) return null;
  return devices.map((device): SubscriptionTextRow => {
    const found = {
      kind: 'record',
      at: own,
      own: certainIn(device, devices),
      around: [],
      filedUnder: [],
    } as const;
    const { unclear } = device;
    const read = readRecord(unclear === null ? found : { ...found, unclear }, roles);
    const endpoint = read.kind === 'row' ? read.value.endpoint : read.endpoint;
    const path = own.find(({ value }) => value === endpoint)?.path ?? '';
    const line = lines.get(path) ?? 1;
    if (read.kind === 'row') return { ...read, line };
    return { kind: 'bad', line, problem: read.problem, excerpt: clean(endpoint, 0, EXCERPT_CHARACTERS) };
  });
}

/** A key whose name does not say for certain what it is. */
function isUnknownKey({ path, value }: Leaf & { readonly value: string }, roles: FieldRoles): boolean {
  const field = roles.of(path);
  if (field !== null && field.sure > 1 && (PARTS.has(field.role) || field.role === 'publicKey')) return false;
  const key = readKey(value);
  return isSecretText(value) || (key.kind === 'text' && isPoint(key.bytes));
}

/** Below a device without a number, a line may be lost that says whose the next ones are. */
function certainIn({ name, own }: Device, devices: readonly Device[]): readonly Leaf[] {
  const first = name === '' ? undefined : devices.find((device) => device.name === '');
  return first === undefined ? own : own.filter((leaf) => !first.own.includes(leaf));
}
