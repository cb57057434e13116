import { alternatingLines } from './record/alternating-lines.ts';
import type { FieldRoles } from './record/field-role.ts';
import { findRecords } from './record/find-records.ts';
import { leftInText, personInText } from './record/left-in-text.ts';
import { namedRow } from './record/named-values.ts';
import { readRecord } from './record/read-record.ts';
import { clean, EXCERPT_CHARACTERS, type SubscriptionTextRow } from './region.ts';
import { ENDPOINT_ALONE } from './subscription-shape.ts';
import { UNCLEAR } from './unclear.ts';
import { extentOf, groupValues, kindsOf, type Group } from './value-groups.ts';
import { valuesIn, type FoundValue } from './values-in-text.ts';
import { joinWrapped, MAY_GO_ON } from './wrapped-values.ts';

/** How far around a text's only subscription names are read for whose it is. */
const NEAR = 1000;

/**
 * The rows of a text between two boundaries.
 *
 * @param remarkOfAll says how their values were put together, on rows without a remark of their own
 */
export function readValues(
  wrapped: string,
  firstLine: number,
  roles: FieldRoles,
  remarkOfAll: string | null = null,
): SubscriptionTextRow[] {
  const text = joinWrapped(wrapped);
  const rows: SubscriptionTextRow[] = [];
  const lineAt = lineFinder(text, firstLine);
  const emit = (record: Record<string, unknown>, at: number, around = '', remark: string | null = null) => {
    const line = lineAt(at);
    for (const found of findRecords(record, roles)) {
      if (found.kind === 'stranger') continue;
      const read = readRecord(found, roles);
      rows.push(
        read.kind === 'row'
          ? {
              ...read,
              left: read.left ?? leftInText(around, roles),
              remark: remark === null ? read.remark : [read.remark, remark].filter(Boolean).join(' '),
              line,
            }
          : {
              kind: 'bad',
              line,
              problem: read.problem,
              excerpt: clean(read.endpoint, 0, EXCERPT_CHARACTERS),
            },
      );
    }
  };
  const pairs = alternatingLines(text);
  if (pairs !== null) {
    for (const { values, at } of pairs) emit(values, at);
    if (rows.length > 0) return rows;
  }
  const groups = groupValues(text);
  groups.forEach((group, index) => {
    const isBroken = group.kind === 'whole' ? group.values[0].mayGoOn : group.endpoint.mayGoOn;
    if (group.kind === 'whole' && !isBroken) {
      const [endpoint, p256dh, auth] = group.values;
      // Apart from each other, what is beside the values is not only about this one.
      const own = group.remark === undefined ? ownText(text, groups, index) : '';
      const row = namedRow([endpoint.text, p256dh.text, auth.text], ['endpoint', 'p256dh', 'auth']);
      emit(
        { ...personInText(own, roles), ...row },
        endpoint.at,
        textAround(text, groups, index),
        group.remark ?? remarkOfAll,
      );
    } else {
      const endpoint = group.kind === 'whole' ? group.values[0] : group.endpoint;
      const isAlone = group.kind === 'torn' && group.isAlone;
      rows.push({
        kind: 'bad',
        line: lineAt(endpoint.at),
        problem: isBroken ? MAY_GO_ON : isAlone ? ENDPOINT_ALONE : UNCLEAR,
        excerpt: clean(endpoint.text, 0, EXCERPT_CHARACTERS),
      });
    }
  });
  if (rows.length > 0) return rows;
  // The endpoint of these keys is lost.
  const keys = valuesIn(text).filter(
    (one): one is FoundValue => one.kind !== 'bracket' && one.named !== 'publicKey',
  );
  const [key] = keys;
  const isTorn = key !== undefined && /^(?:PA|AP)$/.test(kindsOf(keys));
  rows.push(
    isTorn
      ? {
          kind: 'bad',
          line: lineAt(key.at),
          problem: UNCLEAR,
          excerpt: clean(key.text, 0, EXCERPT_CHARACTERS),
        }
      : { kind: 'other', line: firstLine },
  );
  return rows;
}

/** What is certainly said about a subscription: its line or brackets, or what is near it if it is the only one. */
function ownText(text: string, groups: readonly Group[], index: number): string {
  const [from, to] = extentOf(groups[index]);
  if (groups.length === 1) return text.slice(Math.max(0, from - NEAR), to + NEAR);
  return ownLine(text, groups, index) ?? withinBrackets(text, groups, index);
}

/** What the outermost brackets around one of several on a line enclose, if there is no other one in them. */
function withinBrackets(text: string, groups: readonly Group[], index: number): string {
  const [from, to] = extentOf(groups[index]);
  const [before, after] = gapsAround(text, groups, index);
  const open: number[] = [];
  let own = '';
  for (const { 0: bracket, index: place } of text.slice(before, after).matchAll(/[({[\])}]/g)) {
    const at = before + place;
    if ('({['.includes(bracket)) {
      open.push(at);
      continue;
    }
    const opened = open.pop();
    if (opened !== undefined && opened < from && at >= to) own = text.slice(opened, at);
  }
  return own.includes('\n') ? '' : own;
}

/**
 * What may be said about one of the subscriptions of a text: its line if each has its own, else everything between its neighbours. Text
 * that could belong to either of two counts for both: nobody who left may come back by mistake, and the person can still import the row.
 */
function textAround(text: string, groups: readonly Group[], index: number): string {
  return ownLine(text, groups, index) ?? text.slice(...gapsAround(text, groups, index));
}

/** The line of one of several; `null`: it has none to itself. */
function ownLine(text: string, groups: readonly Group[], index: number): string | null {
  const [from, to] = extentOf(groups[index]);
  const [before, after] = gapsAround(text, groups, index);
  const lineStart = text.lastIndexOf('\n', from) + 1;
  const stop = text.indexOf('\n', to);
  const lineEnd = stop === -1 ? text.length : stop;
  const hasOwnLine = groups.length > 1 && !text.slice(from, to).includes('\n');
  return hasOwnLine && lineStart >= before && lineEnd <= after ? text.slice(lineStart, lineEnd) : null;
}

/** From the end of the one before to the start of the next one. */
const gapsAround = (text: string, groups: readonly Group[], index: number): [from: number, to: number] => [
  extentOf(groups[index - 1])[1],
  groups[index + 1] === undefined ? text.length : extentOf(groups[index + 1])[0],
];

/** Positions are asked for in any order, but seldom far apart. */
function lineFinder(text: string, firstLine: number): (at: number) => number {
  const starts: number[] = [];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at);
  return (at) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return firstLine + low;
  };
}
