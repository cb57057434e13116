import { clean, emitBad, EXCERPT_CHARACTERS, NOTHING_BESIDE, type Region } from './region.ts';
import { djangoRowOf, type DjangoRow } from './django-row.ts';
import { cleanEndpoint } from './record/endpoint-text.ts';
import { readRecord } from './record/read-record.ts';
import { aloneIn } from './record/alone.ts';
import { findRecords } from './record/find-records.ts';
import { isKnownEndpoint } from './record/known-endpoint.ts';
import { UNCLEAR } from './unclear.ts';
import { NOT_A_SUBSCRIPTION, standardSubscription } from './subscription-shape.ts';

const isEndpoint = (value: unknown): boolean => typeof value === 'string' && isKnownEndpoint(value);
const NO_STARTS: ReadonlyMap<object, number> = new Map();

/**
 * Hands over the subscriptions in a value.
 *
 * @param at where the value is
 * @param starts where its objects are, as far as that is known
 * @param isTyped whether the form of the value has a `null` of its own, as JSON has
 * @returns how many there were, including bad ones
 */
export function emitRecords(
  region: Region,
  at: number,
  value: unknown,
  starts = NO_STARTS,
  isTyped = true,
): number {
  if (region.within === undefined && typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const standard = standardSubscription(value);
    if (standard !== null) {
      region.emit({ kind: 'row', line: region.lines.lineAt(at), value: standard, ...NOTHING_BESIDE });
      return 1;
    }
  }
  const alone = region.within === undefined ? aloneIn(value, region.roles) : null;
  const records = alone === null ? findRecords(value, region.roles, region.within) : [alone];
  const row = djangoRowOf(value, region.roles);
  if (row !== null && emitRow(region, at, row, records)) return 1;
  let place = at;
  for (const record of records) {
    place = Math.max(place, starts.get(record.at) ?? at);
    const line = region.lines.lineAt(place);
    if (record.kind === 'stranger') {
      emitBad(region, place, NOT_A_SUBSCRIPTION);
      continue;
    }
    // What comes before a colon in a text is not a name that somebody gave.
    const read = readRecord(isTyped ? record : { ...record, filedUnder: [] }, region.roles, isTyped);
    if (read.kind === 'row') {
      region.emit({ ...read, line });
      const other = record.own.find(
        ({ path, value: one }) =>
          / \(2\)$/.test(path) && isEndpoint(one) && cleanEndpoint(one) !== read.value.endpoint,
      );
      if (other !== undefined)
        region.emit({
          kind: 'bad',
          line,
          problem: UNCLEAR,
          excerpt: clean(String(other.value), 0, EXCERPT_CHARACTERS),
        });
    } else {
      const excerpt =
        read.endpoint === ''
          ? clean(region.text, place, Math.min(EXCERPT_CHARACTERS, region.end - place))
          : clean(read.endpoint, 0, EXCERPT_CHARACTERS);
      region.reach.to = Math.max(region.reach.to, place + EXCERPT_CHARACTERS);
      region.emit({ kind: 'bad', line, problem: read.problem, excerpt });
    }
  }
  return records.length;
}

/** Hands a row of a table over together with what other tables may say about it, if it is clear what it is. */
function emitRow(
  region: Region,
  at: number,
  { table, id, row, isOfSubscription }: DjangoRow,
  records: ReturnType<typeof findRecords>,
): boolean {
  const line = region.lines.lineAt(at);
  const [record] = records;
  if (record === undefined && !isOfSubscription)
    region.emit({ kind: 'beside', line, table, row, isCertain: true });
  else if (records.length === 1 && record?.kind === 'record') {
    region.reach.to = Math.max(region.reach.to, at + EXCERPT_CHARACTERS);
    const excerpt = clean(region.text, at, Math.min(EXCERPT_CHARACTERS, region.end - at));
    region.emit({ kind: 'held', line, record, excerpt, id });
  } else return false;
  return true;
}
