import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CampaignDetail } from '../../contract/campaigns.ts';
import { keptMessageSchema } from '../../contract/message.ts';
import { reportHtml } from './report-html.ts';

const NO_COUNTS = {
  queued: 0,
  sending: 0,
  accepted: 0,
  retrying: 0,
  failed: 0,
  gone: 0,
  cancelled: 0,
  waiting: 0,
  unknown: 0,
};
const AT = Date.UTC(2026, 2, 3, 14);

function reportOf(given: {
  title?: string;
  body?: string;
  tag?: string;
  audience?: string;
  cause?: string;
  cure?: string;
  change?: Partial<CampaignDetail>;
}) {
  const {
    title = 'Hello',
    body = '',
    tag = '',
    audience = 'Everyone',
    cause = 'Too large.',
    cure = 'Shorten it.',
  } = given;
  const campaign = {
    state: 'finished',
    message: { ...keptMessageSchema.parse({ title: 'x' }), title, body, tag },
    createdAt: AT,
    finishedAt: AT + 65_000,
    audience: { kind: 'everyone', text: audience, anyOf: [], leaveOut: [] },
    recipients: 1204,
    counts: { ...NO_COUNTS, accepted: 1163, failed: 41 },
    services: [{ pushService: 'fcm', counts: { ...NO_COUNTS, accepted: 1163, failed: 41 }, total: 1204 }],
    diagnoses: [
      { pushService: 'fcm', diagnosis: { code: 'x', cause, cure, action: null }, count: 41, failed: 41 },
    ],
    curve: [
      { at: AT, accepted: 600, notAccepted: 1 },
      { at: AT + 60_000, accepted: 1163, notAccepted: 41 },
    ],
    ...given.change,
  } as unknown as CampaignDetail;
  return reportHtml({
    campaign,
    receipts: { asked: true, canReport: 900, shown: 600, clicked: 60 },
    now: AT,
    timeZone: 'UTC',
  });
}

it('tells whom it went to, when, how far it came and what went wrong', () => {
  const html = reportOf({});
  for (const words of [
    '3 March 2026 at 14:00 UTC',
    '1 min 5 s',
    '96.6% of recipients',
    '66.7% of those that can report',
    '10.0% of shown',
    'Google (FCM)',
    '<td class="number">41</td>',
    'Too large.',
  ])
    expect(html).toContain(words);
});

it('shows hostile texts as text, wherever they stand', () => {
  const hostile = `</title></style><script>alert(1)</script><img src=x onerror=alert(1)>" onload='x' \`\u202Egpj.exe &lt;`;
  for (const field of ['title', 'body', 'tag', 'audience', 'cause', 'cure'] as const) {
    const html = reportOf({ [field]: hostile });
    expect(html).not.toMatch(/<script|<img|onerror=alert\(1\)>|\u202E/);
    expect(html.match(/<\/style>/g)).toHaveLength(1);
    expect(html).toContain('&#60;script&#62;');
  }
});

it('has the same elements whatever the texts are', () => {
  const elementsOf = (html: string) => html.match(/<\/?[a-z][^>]*>/gi) ?? [];
  const plain = elementsOf(reportOf({ title: 'a', body: 'b', tag: 'c' }));
  const hostile = fc.string({
    minLength: 1,
    unit: fc.constantFrom('<', '>', '"', "'", '&', '/', '!', '-', 'a', '=', '\u2028', '💥', '`'),
  });
  fc.assert(
    fc.property(hostile, hostile, hostile, hostile, (title, body, tag, audience) => {
      expect(elementsOf(reportOf({ title, body, tag, audience, cause: title, cure: body }))).toEqual(plain);
    }),
    { numRuns: 300 },
  );
});

it('stays on a page: texts are cut', () => {
  expect(reportOf({ title: 'long '.repeat(200), body: 'x'.repeat(9000) }).length).toBeLessThan(
    reportOf({ title: 'a', body: 'b' }).length + 1200,
  );
});

it.each<[string, Partial<CampaignDetail>, string[]]>([
  [
    'waits for its time',
    {
      state: 'scheduled',
      finishedAt: null,
      services: [],
      diagnoses: [],
      schedule: {
        at: '2026-03-05T09:00',
        timeZone: 'UTC',
        perRecipient: false,
        startsAt: Date.UTC(2026, 2, 5, 9),
        scheduledAt: AT,
        asks: null,
      },
    },
    ['<dt>Starts</dt><dd><bdi>5 March 2026 at 09:00 UTC', 'Nothing was sent yet.'],
  ],
  ['is paused', { state: 'paused', finishedAt: null }, ['Not yet: paused']],
  ['is being sent', { state: 'running', finishedAt: null }, ['Not yet: being sent']],
  ['was cancelled', { state: 'cancelled' }, ['<dt>Cancelled</dt><dd><bdi>3 March 2026 at 14:01 UTC']],
  ['is a test', { kind: 'test' }, ['Report of a test']],
  [
    'has texts by language, and values',
    {
      message: keptMessageSchema.parse({ title: 'Hello {{name|you}}', texts: { de: { title: 'Hallo' } } }),
    },
    ['Campaign report · The text as it was written', '<dt>Languages</dt><dd><bdi>default, de'],
  ],
])('says so where one %s', (_name, change, said) => {
  const html = reportOf({ change });
  for (const words of said) expect(html).toContain(words);
  expect(html).not.toContain('running');
});
