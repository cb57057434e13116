import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SubscriptionTextRow } from './region.ts';
import type { SubscriptionTextReader } from './text-reader.ts';
import { withUnread } from './with-unread.ts';

/** Looks random, but is the same each time. */
const random = (length: number, seed: string): string =>
  createHash('sha512').update(seed).digest('base64url').repeat(2).slice(0, length);
const subscription = (seed: string) => ({
  endpoint: `https://fcm.googleapis.com/fcm/send/${random(11, seed)}:APA91b${random(134, seed)}`,
  keys: { p256dh: `B${random(86, `${seed} key`)}`, auth: random(22, `${seed} auth`) },
});

const subs = ['one', 'two', 'three', 'four'].map(subscription);
const lineOf = (index: number): string => {
  const { endpoint, keys } = subs[index] ?? subscription('');
  return `endpoint ${endpoint} p256dh ${keys.p256dh} auth ${keys.auth}\n`;
};
const TEXT = subs.map((_one, index) => lineOf(index)).join('');

const found = (index: number, line = index + 1): SubscriptionTextRow => ({
  kind: 'row',
  line,
  value: subs[index] ?? subscription(''),
  person: null,
  publicKey: null,
  addedAt: null,
  left: null,
  remark: null,
});
const bad = (line: number, excerpt: string): SubscriptionTextRow => ({
  kind: 'bad',
  line,
  problem: { code: 'not-json', cause: 'It breaks.', cure: 'Copy it again.' },
  excerpt,
});

/** A reader that gives these rows at the end, whatever it reads. */
const saying = (rows: SubscriptionTextRow[]): SubscriptionTextReader => ({ push: () => [], end: () => rows });

function readAs(rows: SubscriptionTextRow[], text = TEXT, length = text.length): SubscriptionTextRow[] {
  const reader = withUnread(saying(rows));
  const all: SubscriptionTextRow[] = [];
  for (let at = 0; at < text.length; at += length) all.push(...reader.push(text.slice(at, at + length)));
  return [...all, ...reader.end()];
}
const told = (rows: readonly SubscriptionTextRow[]) =>
  rows.map((row) => (row.kind === 'bad' ? `${row.problem.code} ${row.line}` : row.kind));

describe('what a reader passes over in silence', () => {
  it.each([1, 7, 100, TEXT.length])('is reported in the order of the text, in pieces of %d', (length) => {
    const rows = readAs([found(0), found(2)], TEXT, length);
    expect(told(rows)).toEqual(['row', 'form-unknown 2', 'row', 'form-unknown 4']);
    expect(rows[1]).toMatchObject({ excerpt: subs[1]?.endpoint.slice(0, 100) });
  });

  it('is not what it read or refused', () => {
    expect(told(readAs(subs.map((_one, index) => found(index))))).toEqual(['row', 'row', 'row', 'row']);
    const excerpt = lineOf(1).slice(0, 100);
    expect(told(readAs([found(0), bad(2, excerpt), found(2), bad(4, 'something')]))).toEqual([
      'row',
      'not-json 2',
      'row',
      'not-json 4',
    ]);
  });

  it.each([1, 2, 3, 7, 100])('is found beside what the reader gets unchanged, in pieces of %d', (length) => {
    let got = '';
    const reader = withUnread({
      push: (piece) => {
        got += piece;
        return [];
      },
      end: () => [],
    });
    for (let at = 0; at < TEXT.length; at += length) reader.push(TEXT.slice(at, at + length));
    reader.end();
    expect(got).toBe(TEXT);
  });

  it('is told from another of the same push service that was refused', () => {
    const [bads, lost, last] = ['one', 'two', 'three'].map((seed) => ({
      ...subscription(seed),
      endpoint: `https://updates.push.services.mozilla.com/wpush/v2/gAAAAABm${random(120, seed)}`,
    }));
    const lines = [bads, lost, last].map((one) => `${one?.endpoint ?? ''} ${one?.keys.p256dh ?? ''}\n`);
    const reader = withUnread({
      push: (piece) => (piece.includes('three') ? [] : [bad(1, bads?.endpoint.slice(0, 100) ?? '')]),
      end: () => [{ ...found(0, 3), value: last ?? subscription('') } as SubscriptionTextRow],
    });
    const all = [
      ...reader.push(lines[0] ?? ''),
      ...reader.push(`three ${lines[1] ?? ''}three ${lines[2] ?? ''}`),
    ];
    expect(told([...all, ...reader.end()])).toEqual(['not-json 1', 'form-unknown 2', 'row']);
  });

  it('is one of thousands on a line, and none of the others', () => {
    const many = Array.from({ length: 5000 }, (_none, index) => subscription(`${index}`));
    const text = many.map(({ endpoint, keys }) => `${endpoint} ${keys.p256dh} `).join('');
    const rows = many.flatMap((value, index) => (index === 7 ? [] : [{ ...found(0, 1), value }]));
    const all = readAs(rows, text);
    expect(all).toHaveLength(5000);
    expect(all.filter(({ kind }) => kind === 'bad')).toMatchObject([
      { line: 1, excerpt: many[7]?.endpoint.slice(0, 100) },
    ]);
  });

  it('is not the rest of a text that is refused as a whole', () => {
    expect(told(readAs([bad(1, 'endpoint')]))).toEqual(['not-json 1']);
  });

  it('is no address without a public key, and none beside the key of a server', () => {
    const log = `sent to https://fcm.googleapis.com/fcm/send/abc:def 201\n${'.'.repeat(2000)}\n`;
    const server = `endpoint https://fcm.googleapis.com/fcm/send/abc:def vapid public key ${subs[1]?.keys.p256dh ?? ''}\n`;
    expect(told(readAs([found(0, 4)], `${log}${server}${lineOf(0)}`))).toEqual(['row']);
  });

  it('is nothing that is said of somebody who was read', () => {
    const said = {
      label: null,
      externalId: subs[1]?.keys.p256dh ?? null,
      tags: [subs[1]?.endpoint ?? ''],
      attributes: {},
    };
    const row = { ...found(0, 1), person: said } as SubscriptionTextRow;
    expect(told(readAs([row], lineOf(1) + lineOf(0)))).toEqual(['row']);
  });

  it('may be encoded as in a URL', () => {
    const { endpoint, keys } = subs[1] ?? subscription('');
    const text = `${lineOf(0)}endpoint=${encodeURIComponent(endpoint)}&p256dh=${keys.p256dh}\n`;
    const rows = readAs([found(0)], text);
    expect(told(rows)).toEqual(['row', 'form-unknown 2']);
    expect(rows[1]).toMatchObject({ excerpt: endpoint.slice(0, 100) });
  });
});
