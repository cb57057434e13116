import { createFieldRoles } from './record/field-role.ts';
import { devicesIn } from './record/devices.ts';
import { splitLabel, withoutQuotes } from './record/labelled-lines.ts';
import { readRecord } from './record/read-record.ts';
import type { Leaf } from './record/records.ts';
import type { SubscriptionTextRow } from './region.ts';

const COMMENT = /^\s*(?:$|#|\/\/|;)/;

/**
 * The devices of one person in lines each of which has a name of its own: `USER_ID=7`, `ENDPOINT_1=…`, `AUTH_1=…`, `ENDPOINT_2=…`. Only
 * all lines together show that what is said of nobody is said of each.
 *
 * @param text all of it
 * @returns `null`: it is another text, or one of them is not whole
 */
export function labelledDevices(text: string): SubscriptionTextRow[] | null {
  const own: Leaf[] = [];
  const lines = new Map<string, number>();
  for (const [index, line] of text.split(/\r\n?|\n/).entries()) {
    if (COMMENT.test(line)) continue;
    const [path, value] = (/^\S/.test(line) ? splitLabel(line) : null) ?? [];
    if (path === undefined || value === undefined || lines.has(path)) return null;
    lines.set(path, index + 1);
    own.push({ path, value: withoutQuotes(value) });
  }
  const roles = createFieldRoles();
  const rows: SubscriptionTextRow[] = [];
  for (const device of devicesIn(own, roles) ?? []) {
    // Below those of one without a number, a line may be lost that says whose the next ones are.
    if (device.name === '' || device.isUnclear) return null;
    const found = { kind: 'record', at: own, own: device.own, around: [], filedUnder: [] } as const;
    const read = readRecord(found, roles);
    if (read.kind === 'bad') return null;
    const endpoint = own.find(({ value }) => value === read.value.endpoint)?.path ?? '';
    rows.push({ ...read, line: lines.get(endpoint) ?? 1 });
  }
  return rows.length === 0 ? null : rows;
}
