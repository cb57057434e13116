import { expect, it } from 'vitest';
import { canaryRulesSchema } from '../../contract/canary.ts';
import type { KeyPairId } from '../../contract/ids.ts';
import { preflightSchema, type Preflight } from '../../contract/preflight.ts';
import { NO_UTM } from '../../contract/utm.ts';
import { preflightSentences, type PlannedSend } from './preflight-sentences.ts';

const KEY = 1 as KeyPairId;
const preflight = (change: Partial<Preflight> = {}): Preflight =>
  preflightSchema.parse({
    payloadBytes: 10,
    personal: null,
    payloadLimit: 3993,
    recipients: 1300,
    services: [
      { pushService: 'fcm', count: 1000, bodyBytes: 1, bodyLimit: 4096, ttlSeconds: 1, topic: '' },
      { pushService: 'mozilla', count: 300, bodyBytes: 1, bodyLimit: 4096, ttlSeconds: 1, topic: '' },
    ],
    byPart: [
      { pushService: 'fcm', keyPairId: KEY, keyPairName: 'Main', subject: 'mailto:a@b.example', count: 1000 },
      {
        pushService: 'mozilla',
        keyPairId: KEY,
        keyPairName: 'Main',
        subject: 'mailto:a@b.example',
        count: 300,
      },
    ],
    canary: null,
    sentences: [],
    timeNeededMs: null,
    excluded: [],
    blockers: [],
    warnings: [],
    ...change,
  });
const said = (send: Partial<PlannedSend> = {}) =>
  preflightSentences({
    preflight: preflight(),
    canary: null,
    messagesPerMinute: null,
    schedule: null,
    utm: NO_UTM,
    quietHours: null,
    ...send,
  });

it('says to how many, in which parts, and when', () => {
  expect(said()).toEqual([
    '1,300 recipients get it: 1,000 at Google (FCM) and 300 at Mozilla.',
    'Sending starts right away.',
  ]);
});

it('says when it starts where that is not now', () => {
  expect(said({ schedule: { at: '2026-11-30T09:00', timeZone: 'Europe/Oslo' } })[1]).toMatch(
    /^Sending starts on Monday,? 30 November 2026 at 09:00, Europe\/Oslo\. Who gets it is decided then\.$/,
  );
});

it('names the key pairs where there is more than one', () => {
  const [first, second] = preflight().byPart;
  if (first === undefined || second === undefined) throw new Error('There are two parts.');
  const byPart = [first, { ...second, keyPairId: 2 as KeyPairId, keyPairName: 'Old' }];
  expect(said({ preflight: preflight({ byPart }) })[0]).toBe(
    '1,300 recipients get it: 1,000 at Google (FCM) with Main and 300 at Mozilla with Old.',
  );
});

it('calls push services without a name what they are beside those with one', () => {
  const [first, second] = preflight().services;
  if (first === undefined || second === undefined) throw new Error('There are two services.');
  const services = [first, { ...second, pushService: 'other' as const }];
  expect(said({ preflight: preflight({ services }) })[0]).toMatch(/ and [\d,]+ at other push services\.$/);
  expect(said({ preflight: preflight({ services: services.slice(1) }) })[0]).toBe('1,300 recipients get it.');
});

it('says the pace, who is left out and why, and how long it takes', () => {
  const excluded = [
    { reason: 'gone' as const, count: 48, cause: 'They no longer exist.', cure: '' },
    { reason: 'expired' as const, count: 1, cause: 'Its time has passed.', cure: '' },
  ];
  expect(said({ preflight: preflight({ excluded, timeNeededMs: 130_000 }), messagesPerMinute: 600 })).toEqual(
    [
      expect.any(String),
      'Sending starts right away.',
      'At most 600 messages a minute are sent.',
      '48 are left out: They no longer exist.',
      '1 is left out: Its time has passed.',
      'It takes about 2 minutes, going by your limit.',
    ],
  );
});

it('goes by the last campaign where that was slower than the limit, or where there is none', () => {
  for (const messagesPerMinute of [6000, null])
    expect(said({ preflight: preflight({ timeNeededMs: 130_000 }), messagesPerMinute })).toContain(
      'It takes about 2 minutes, going by your last campaign.',
    );
});

it('says who goes first and what follows, also where that is everybody', () => {
  const canary = {
    recipients: 40,
    isEveryone: false,
    byPart: [
      { pushService: 'fcm' as const, keyPairId: KEY, count: 20 },
      { pushService: 'mozilla' as const, keyPairId: KEY, count: 20 },
    ],
  };
  const rules = canaryRulesSchema.parse({});
  const withCanary = (change: object, whole = canary) =>
    said({ preflight: preflight({ canary: whole }), canary: { ...rules, ...change } }).slice(2);
  expect(withCanary({})).toEqual([
    'A canary of 40 goes first: 20 at Google (FCM) and 20 at Mozilla.',
    'If it goes well, the rest follows; if not, Pushdesk waits for you.',
  ]);
  expect(withCanary({ whenGood: 'wait', whenBad: 'stop' })[1]).toBe(
    'If it goes well, Pushdesk waits for you; if not, the rest is cancelled.',
  );
  expect(withCanary({ whenGood: 'wait' })[1]).toBe('Then Pushdesk waits for you.');
  expect(withCanary({}, { ...canary, isEveryone: true })).toEqual([
    'The audience is too small for a canary: it would be everyone, so all of them get it at once.',
  ]);
});

it('counts no wait for a canary where all get it at once', () => {
  const last = (isEveryone: boolean) => {
    const canary = { recipients: 40, isEveryone, byPart: [] };
    return said({
      preflight: preflight({ canary, timeNeededMs: 130_000 }),
      canary: canaryRulesSchema.parse({}),
    }).at(-1);
  };
  expect(last(false)).toBe(
    'It takes about 2 minutes, not counting the wait for the canary, going by your last campaign.',
  );
  expect(last(true)).toBe('It takes about 2 minutes, going by your last campaign.');
});

it('says that nobody gets it, and nothing else about sending', () => {
  expect(
    said({ preflight: preflight({ recipients: 0, services: [], byPart: [] }), messagesPerMinute: 5 }),
  ).toEqual(['Nobody would get it.']);
});

it('says when each recipient gets it by a clock of their own', () => {
  const schedule = { at: '2026-11-30T09:00', timeZone: 'Europe/Oslo', perRecipient: true as const };
  expect(said({ schedule })[1]).toMatch(
    /^Each recipient gets it at 09:00 in their own time zone on Monday,? 30 November 2026, or at 09:00 Europe\/Oslo if theirs is not known\. /,
  );
});

it('names the quiet hours', () => {
  const quietHours = { from: '22:00', to: '07:00', timeZone: 'Europe/Oslo' };
  expect(said({ quietHours })).toContain(
    'Nothing goes out between 22:00 and 07:00 in the recipient’s time zone, or in Europe/Oslo if theirs is not known.',
  );
  expect(said({ quietHours, preflight: preflight({ recipients: 0, services: [] }) })).toEqual([
    'Nobody would get it.',
  ]);
});

it('counts languages, and people of whom a value is missing', () => {
  const personal = {
    missing: [
      { variable: 'city', count: 412 },
      { variable: 'plan', count: 1 },
    ],
    leftOut: 412,
    languages: [
      { language: '', count: 800 },
      { language: 'de-CH', count: 500 },
    ],
    longest: null,
    isLongestExact: true,
  };
  const sentences = said({ preflight: preflight({ personal }) });
  expect(sentences).toContain('By language: 800 the default text and 500 the text in German (Switzerland).');
  // One of the 412 lacks both.
  expect(sentences).toContain(
    '412 are left out: no value for {{city}} (412) or {{plan}} (1), which have no fallback.',
  );
  const alone = { ...personal, missing: personal.missing.slice(1), leftOut: 1 };
  expect(said({ preflight: preflight({ personal: alone }) })).toContain(
    '1 is left out: no value for {{plan}}, which has no fallback.',
  );
  const blockers = [{ code: 'values-missing', cause: '', cure: '' }];
  const blocked = said({ preflight: preflight({ personal, blockers }) });
  expect(blocked).toContain('412 have no value for {{city}}, which has no fallback.');
  expect(blocked).toContain('1 has no value for {{plan}}, which has no fallback.');
  const one = { ...personal, missing: [], languages: [{ language: '', count: 1300 }] };
  expect(said({ preflight: preflight({ personal: one }) })).toHaveLength(2);
});

it('says what is put on links', () => {
  const utm = { source: 'pushdesk', medium: '', campaign: 'spring-sale' };
  expect(said({ utm })).toContain(
    'Links to your own sites get utm_source=pushdesk and utm_campaign=spring-sale.',
  );
  expect(said({ utm, preflight: preflight({ recipients: 0, services: [] }) })).toHaveLength(1);
});
