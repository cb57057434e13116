import { createECDH, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aloneIn } from './alone.ts';
import { createFieldRoles } from './field-role.ts';
import { findRecords } from './find-records.ts';

const P256DH = createECDH('prime256v1').generateKeys('base64url', 'uncompressed');
const AUTH = randomBytes(16).toString('base64url');
const ENDPOINT = 'https://fcm.googleapis.com/fcm/send/abc:APA91bH';
const SUB = { endpoint: ENDPOINT, expirationTime: null, keys: { p256dh: P256DH, auth: AUTH } };

const word = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 70 }),
  fc.constantFrom(
    '',
    'null',
    '{"a":1}',
    '[1,2]',
    '@{a=1}',
    's',
    ENDPOINT,
    P256DH,
    '17',
    'José',
    '"quoted"',
    'endpoint',
  ),
);
const name = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom(
    'endpoint',
    'url',
    'plan',
    'auth',
    'p256dh',
    'keys',
    'tags',
    'type',
    '$oid',
    '0',
    'token',
    '__proto__',
  ),
);
const value = fc.oneof(
  word,
  fc.integer(),
  fc.constant(null),
  fc.boolean(),
  fc.constant(SUB.keys),
  fc.constant(SUB),
);
const mostly = (...usual: unknown[]) =>
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: value });
const members = {
  endpoint: mostly(ENDPOINT),
  expirationTime: mostly(null, 1_900_000_000_000),
  keys: fc.oneof(
    { weight: 6, arbitrary: fc.constant(SUB.keys) },
    fc.dictionary(fc.constantFrom('p256dh', 'auth', 'x'), value),
  ),
  externalId: fc.oneof(word, mostly('user-1', 17)),
  label: fc.oneof(word, mostly('Ada')),
  tags: fc.oneof(fc.array(word, { maxLength: 4 }), fc.array(value, { maxLength: 4 }), mostly([])),
  attributes: fc.oneof(fc.dictionary(name, word), fc.dictionary(name, value), mostly({ plan: 'pro' })),
};
const written = {
  applicationServerKey: mostly(P256DH),
  state: mostly('active', 'gone'),
  addedAt: mostly('2026-01-02T03:04:05.678Z'),
};
const row = fc.oneof(
  fc.record(members, { requiredKeys: ['endpoint', 'keys'] }),
  fc.record({ ...members, ...written }, { requiredKeys: ['endpoint', 'keys', 'state', 'addedAt'] }),
);

describe('aloneIn', () => {
  it('finds what is found otherwise', () => {
    let count = 0;
    fc.assert(
      fc.property(row, (one) => {
        const found = aloneIn(one, createFieldRoles());
        if (found === null) return;
        count += 1;
        expect([found]).toEqual(findRecords(one, createFieldRoles()));
      }),
      { numRuns: 5000 },
    );
    expect(count).toBeGreaterThan(100);
  });

  it('takes a subscription with what is known about its person', () => {
    const attributes = { plan: 'pro', hasOwnProperty: 'endpoint' };
    const member = { ...SUB, externalId: 'user-1', label: 'Ada', tags: ['news'], attributes };
    expect(aloneIn(member, createFieldRoles())?.own).toHaveLength(8);
  });

  it.each([
    ['a member of another name', { hasOwnProperty: 'endpoint' }],
    ['another subscription inside', { attributes: SUB }],
    ['an address among the attributes', { attributes: { endpoint: 'x' } }],
    ['a long text', { label: 'x'.repeat(200) }],
    ['a text in a notation', { label: '{"name":"Ada"}' }],
    ['names that only Pushdesk writes, without what it writes', { state: 'active' }],
  ])('leaves %s to others', (_, more) => {
    expect(aloneIn({ ...SUB, ...more }, createFieldRoles())).toBeNull();
  });
});
