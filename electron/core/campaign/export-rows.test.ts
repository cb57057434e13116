import { expect, it } from 'vitest';
import type { Campaign } from '../../contract/campaigns.ts';
import type { Delivery } from '../../contract/deliveries.ts';
import { campaignRows, deliveryRows } from './export-rows.ts';

const ENDPOINT = 'https://fcm.googleapis.com/fcm/send/secret-of-one-device';
const delivery = {
  id: 1,
  subscriptionId: 2,
  label: '=HYPERLINK("x")',
  externalId: '+1',
  endpoint: ENDPOINT,
  pushService: 'fcm',
  state: 'failed',
  attemptCount: 2,
  lastStatus: 413,
  diagnosis: { code: 'payload-too-large', cause: 'Too large, "really".', cure: 'Shorten it.', action: null },
  mayHaveArrivedTwice: false,
  updatedAt: 0,
} as unknown as Delivery;
const campaign = {
  id: 7,
  kind: 'campaign',
  state: 'finished',
  message: { title: '@SUM(A1)\r\nsecond', body: '-1', tag: '' },
  audience: { text: 'Everyone' },
  createdAt: 0,
  finishedAt: null,
  recipients: 3,
  counts: {
    queued: 0,
    sending: 0,
    accepted: 3,
    waiting: 0,
    retrying: 0,
    failed: 0,
    gone: 0,
    cancelled: 0,
    unknown: 0,
  },
  seen: null,
} as unknown as Campaign;

it('has a head in the first piece only, and as many cells in each row as in the head', () => {
  for (const make of [
    (isFirst: boolean) => campaignRows([campaign, campaign], 'csv', isFirst),
    (isFirst: boolean) => deliveryRows([delivery, delivery], 'csv', { isFirst, whole: false }),
  ]) {
    const [first, next] = [make(true), make(false)];
    expect(first.startsWith('\uFEFFid,')).toBe(true);
    expect(first.endsWith(next)).toBe(true);
    const cells = (line: string) => line.replace(/"(?:[^"]|"")*"/g, 'x').split(',').length;
    const lines = first
      .replace(/"(?:[^"]|"")*"/g, 'x')
      .trimEnd()
      .split('\r\n');
    expect(new Set(lines.map(cells)).size).toBe(1);
  }
});

it('makes formulas harmless, in every column that a person or a site fills', () => {
  const text =
    campaignRows([campaign], 'csv', false) + deliveryRows([delivery], 'csv', { isFirst: false, whole: true });
  expect(text).not.toMatch(/(?:^|[,"\n])[=+@-]/m);
});

it('shows endpoints whole only where that is asked for', () => {
  for (const format of ['csv', 'jsonl'] as const) {
    expect(deliveryRows([delivery], format, { isFirst: true, whole: false })).not.toContain('secret-of');
    expect(deliveryRows([delivery], format, { isFirst: true, whole: true })).toContain(ENDPOINT);
  }
});

it('gives JSON lines that read back', () => {
  const lines = campaignRows([campaign, campaign], 'jsonl', true).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { id: 7, title: '@SUM(A1)\r\nsecond', accepted: 3, clicked: null },
    { id: 7 },
  ]);
});

it('writes out what cannot be seen, which JSON reads back as it was', () => {
  const turned = {
    ...campaign,
    message: { title: 'Shop\u202Emoc.live\u001B[2J', body: 'a\nb', tag: '\u2028' },
  };
  const table = campaignRows([turned as Campaign], 'csv', false);
  expect(table).toContain('Shop\\u202Emoc.live\\u001B[2J,"a\nb",\\u2028,');
  const line = campaignRows([turned as Campaign], 'jsonl', false);
  for (const hidden of ['\u202E', '\u001B', '\u2028']) expect(table + line).not.toContain(hidden);
  expect(JSON.parse(line)).toMatchObject({ title: turned.message.title, tag: '\u2028' });
});
