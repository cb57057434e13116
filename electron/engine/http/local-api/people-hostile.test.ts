import fc from 'fast-check';
import { expect, it } from 'vitest';
import { problemIn } from './testing/local-api.ts';
import { MESSAGE, subscriptionAt, shop, key } from './testing/shop.ts';

it('answers whatever is sent in a sentence, and never breaks', async () => {
  const { call, post } = await shop();
  await post('/subscriptions', { subscription: subscriptionAt('a'), tags: ['x'], externalId: 'u' });
  const good: [string, string, Record<string, unknown>][] = [
    [
      'POST',
      '/subscriptions',
      {
        subscription: subscriptionAt('b'),
        label: 'L',
        externalId: 'u',
        tags: ['x'],
        attributes: { plan: 'pro' },
      },
    ],
    ['POST', '/subscriptions/batch', { rows: [{ subscription: subscriptionAt('c'), tags: ['x'] }] }],
    ['PATCH', '/subscriptions/1', { label: 'x', tags: ['y'], attributes: { plan: null } }],
    ['POST', '/subscriptions/remove', { ids: [1], externalIds: ['u'], endpoints: ['https://x'] }],
    ['POST', '/subscriptions/restore', { externalIds: ['u'] }],
    [
      'POST',
      '/subscriptions/acts',
      { target: { filter: { search: 'x' }, except: [7] }, act: { kind: 'tag', tags: ['x'] } },
    ],
    ['POST', '/subscriptions/acts', { target: { ids: [1] }, act: { kind: 'set-key', keyPairId: 1 } }],
    ['POST', '/segments', { name: 'S', filter: { search: 'x', attributes: ['plan=pro'], addedFrom: 5 } }],
    ['POST', '/tags/rename', { name: 'x', to: 'y' }],
    [
      'POST',
      '/campaigns/preflight',
      { message: MESSAGE, audience: { kind: 'matching', anyOf: [{ kind: 'tag', tag: 'x' }], leaveOut: [] } },
    ],
    ['POST', '/campaigns', { message: MESSAGE, audience: { kind: 'chosen', ids: [1] } }],
  ];
  const hostile = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      true,
      -1,
      0,
      1e308,
      9_007_199_254_740_992,
      0.5,
      '',
      ' ',
      '\0',
      'a\0b',
      '\ud800',
      '\u202e',
      "'; DROP TABLE people; --",
      '%',
      '$."a"',
      '__proto__',
      'x'.repeat(70_000),
      [],
      {},
      [null],
      [[]],
      { __proto__: 1, constructor: 1 },
      ['x', 'X', 'x'],
      Array.from({ length: 300 }, (_, index) => `t${index}`),
      { toString: 'x' },
    ),
    fc.json({ maxDepth: 3 }).map((text) => JSON.parse(text) as unknown),
  );
  /** With the value in one place replaced, or an unknown field beside it. */
  const spoiled = (value: unknown, at: number, by: unknown): unknown => {
    if (at === 0 || value === null || typeof value !== 'object') return by;
    const keys = Object.keys(value);
    if (at % 7 === 0 && !Array.isArray(value)) return { ...value, unknownField: by };
    const key = keys[at % Math.max(1, keys.length)];
    if (key === undefined) return by;
    const inner = spoiled((value as Record<string, unknown>)[key], Math.floor(at / 3), by);
    return Array.isArray(value)
      ? value.map((one: unknown, index) => (String(index) === key ? inner : one))
      : { ...value, [key]: inner };
  };
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...good), fc.nat(400), hostile, async ([method, url, body], at, by) => {
      const payload = JSON.stringify(spoiled(body, at + 1, by));
      const answer = await call({
        method: method,
        url: `/api/v1${url}`,
        payload,
        headers: { 'content-type': 'application/json', ...key() },
      });
      expect([payload.slice(0, 300), answer.statusCode < 500]).toEqual([payload.slice(0, 300), true]);
      if (answer.statusCode >= 400) expect(problemIn(answer).detail).toMatch(/\w.*[.!?]$/su);
    }),
    { numRuns: 300 },
  );
  for (const [method, url, body] of good) {
    const answer = await call({
      method: method,
      url: `/api/v1${url}`,
      payload: { ...body, lable: 'x' },
      headers: key(),
    });
    expect([url, answer.statusCode]).toEqual([url, 422]);
    expect(answer.body).toContain('lable');
  }
});

it('answers any query in a sentence, and refuses one that it does not know', async () => {
  const { call, post } = await shop();
  await post('/subscriptions', {
    subscription: subscriptionAt('a'),
    tags: ['x'],
    attributes: { plan: 'pro' },
  });
  const names = [
    ...['search', 'states', 'pushServices', 'keyPairId', 'inBin', 'tagsAnyOf', 'tagsAllOf', 'tagsNoneOf'],
    ...[
      'attributes',
      'addedFrom',
      'addedBefore',
      'lastResults',
      'neverReached',
      'shownWithinDays',
      'clickedWithinDays',
      'neverShown',
      'canReport',
      'shownInCampaign',
      'notShownInCampaign',
      'clickedInCampaign',
      'notClickedInCampaign',
      'externalIds',
      'cursor',
      'limit',
    ],
    ...['order', 'format', 'whole', 'nonsense', '__proto__', 'tagsAnyOf[]', 'filter[search]'],
  ];
  const values = fc.oneof(
    fc.constantFrom(
      '',
      '%',
      '_',
      '\\',
      '\0',
      '-1',
      '1e999',
      'NaN',
      'true',
      'null',
      '{}',
      '[]',
      '!',
      '=',
      '!=',
      'a=',
      '=b',
      "'",
      'x'.repeat(3000),
    ),
    fc.constantFrom(
      'active',
      'x',
      'plan=pro',
      '!plan',
      '5',
      'newest',
      'csv',
      '99999999999999999999',
      '\ufffd',
    ),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(
        '/subscriptions',
        '/subscriptions/counts',
        '/subscriptions/export',
        '/segments',
        '/tags',
        '/attributes/plan/values',
      ),
      fc.array(fc.tuple(fc.constantFrom(...names), values), { maxLength: 4 }),
      async (url, pairs) => {
        const query = new URLSearchParams(pairs).toString();
        const answer = await call({ url: `/api/v1${url}?${query}` });
        expect([url, query, answer.statusCode < 500]).toEqual([url, query, true]);
        if (answer.statusCode >= 400) expect(problemIn(answer).detail).toMatch(/\w.*[.!?]$/su);
        else if (pairs.some(([name]) => name === 'nonsense')) expect([url, query]).toEqual('refused');
      },
    ),
    { numRuns: 250 },
  );
});
