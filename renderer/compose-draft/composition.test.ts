import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageSchema } from '../../electron/contract/message.ts';
import type { Audience } from '../../electron/contract/campaign-audience.ts';
import { subscriptionIdSchema } from '../../electron/contract/ids.ts';
import {
  audienceOf,
  checkFields,
  choiceOf,
  compositionOf,
  draftOf,
  EMPTY_FIELDS,
  isBlank,
  type MessageFields,
} from './composition.ts';
import { changeIn, ownFieldsIn } from './languages.ts';

const id = (number: number) => subscriptionIdSchema.parse(number);
const fieldsWith = (change: Partial<MessageFields>): MessageFields => ({ ...EMPTY_FIELDS, ...change });

describe('a draft', () => {
  it('comes back as it was left, half-typed fields too', () => {
    const composition = {
      fields: fieldsWith({
        title: '  Hello',
        url: 'htp:/',
        utm: { source: '{{half ', medium: '', campaign: 'x'.repeat(200) },
        ttlSeconds: '',
        actions: [
          { title: '', url: 'x' },
          { title: 'B', url: '' },
        ],
      }),
      choice: { kind: 'chosen', ids: [id(1), id(2)] },
      choices: { schedule: { at: 5 } },
    } as const;
    expect(compositionOf(draftOf(composition))).toEqual(composition);
  });

  it('is empty and for everyone where nothing was kept', () => {
    expect(compositionOf(null)).toEqual({
      fields: EMPTY_FIELDS,
      choice: { kind: 'everyone' },
      choices: {},
    });
  });

  it('never widens the audience: nobody chosen comes back as nobody chosen', () => {
    const draft = draftOf({ fields: EMPTY_FIELDS, choice: { kind: 'one', id: null }, choices: {} });
    expect(audienceOf(compositionOf(draft).choice)).toBeNull();
  });

  it('reads anything that an older version may have left, and keeps the fields that are right', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), (junk) => {
        const { fields } = compositionOf({ message: { ...junk, title: 'Kept' }, audience: null });
        expect(fields.title).toBe('Kept');
        expect(Object.keys(fields).toSorted()).toEqual(Object.keys(EMPTY_FIELDS).toSorted());
      }),
    );
  });

  it('takes a message that was sent before', () => {
    const sent = messageSchema.parse({ title: 'Sent', actions: [{ title: 'Read' }], ttlSeconds: 0 });
    const { fields } = compositionOf({ message: sent, audience: { kind: 'everyone' } });
    expect(checkFields(fields).message).toEqual(sent);
  });
});

describe('the choice of recipients', () => {
  it('is one where the audience has one id', () => {
    expect(choiceOf({ kind: 'chosen', ids: [id(7)] })).toEqual({ kind: 'one', id: 7 });
    expect(choiceOf({ kind: 'chosen', ids: [id(7), id(8)] })).toEqual({ kind: 'chosen', ids: [7, 8] });
  });

  it('has no audience while it is empty', () => {
    expect(audienceOf({ kind: 'chosen', ids: [] })).toBeNull();
    expect(audienceOf({ kind: 'one', id: null })).toBeNull();
    expect(audienceOf({ kind: 'matching', anyOf: [] })).toBeNull();
    expect(audienceOf({ kind: 'everyone' })).toEqual({ kind: 'everyone' });
  });
});

describe('the check of the fields', () => {
  it('leaves a missing title to the preflight', () => {
    expect(checkFields(EMPTY_FIELDS)).toMatchObject({ message: { title: '' }, errors: {} });
  });

  it.each([
    ['url', 'htp:/x'],
    ['iconUrl', 'javascript:alert(1)'],
    ['badgeUrl', '//elsewhere.example/x.png'],
    ['imageUrl', 'data:image/png;base64,AAAA'],
    ['topic', 'white space'],
  ] as const)('blames %s for %s', (name, text) => {
    const { message, errors } = checkFields(fieldsWith({ [name]: text }));
    expect(message).toBeNull();
    expect(Object.keys(errors)).toEqual([name]);
  });

  it.each([
    ['title', 501],
    ['body', 4001],
    ['url', 2001],
    ['tag', 101],
  ] as const)('says in plain words that %s is too long', (name, length) => {
    const { errors } = checkFields(fieldsWith({ [name]: `/${'x'.repeat(length - 1)}` }));
    expect(errors[name]).toMatch(/^(Shorten it to|Use at most) [\d,]+ characters\.$/);
  });

  it.each([-1, 2_592_001, ''] as const)('says which TTL is possible instead of %j', (ttlSeconds) => {
    expect(checkFields(fieldsWith({ ttlSeconds })).errors.ttlSeconds).toContain('30 days');
  });

  it('are all told at once: a bad link and a hidden character beside an empty number', () => {
    const { errors } = checkFields(
      fieldsWith({ title: 'a\u202Eb', url: 'http://', iconUrl: 'x y', ttlSeconds: '' }),
    );
    expect(Object.keys(errors).toSorted()).toEqual(['iconUrl', 'title', 'ttlSeconds', 'url']);
  });

  it('says at its field that no browser opens an address', () => {
    const { message, errors } = checkFields({
      ...EMPTY_FIELDS,
      title: 'Sale',
      url: 'https://',
      iconUrl: 'http://a b',
    });
    const cure = 'No browser can open this address: check its spelling.';
    expect({ message, errors }).toEqual({ message: null, errors: { url: cure, iconUrl: cure } });
  });

  it('blames the button that is wrong, not the one before it', () => {
    const second = checkFields(
      fieldsWith({
        actions: [
          { title: '', url: '' },
          { title: '', url: '/x' },
        ],
      }),
    );
    expect(Object.keys(second.errors)).toEqual(['action2Title']);
    const first = checkFields(
      fieldsWith({
        actions: [
          { title: 'A', url: 'x' },
          { title: 'B', url: '' },
        ],
      }),
    );
    expect(Object.keys(first.errors)).toEqual(['action1Url']);
  });

  it('leaves out a button without text and link', () => {
    const { message } = checkFields(
      fieldsWith({
        actions: [
          { title: ' ', url: '' },
          { title: 'B', url: '' },
        ],
      }),
    );
    expect(message?.actions).toEqual([{ title: 'B', url: '' }]);
  });
});

describe('an audience that leaves some out', () => {
  const NEWS = { kind: 'tag' as const, tag: 'news' };
  const STAFF = { kind: 'tag' as const, tag: 'staff' };

  it.each<Audience>([
    { kind: 'everyone', leaveOut: [STAFF] },
    { kind: 'matching', anyOf: [NEWS] },
    { kind: 'matching', anyOf: [NEWS], leaveOut: [STAFF] },
    { kind: 'chosen', ids: [id(7), id(8)], leaveOut: [STAFF] },
  ])('comes back from what is kept as it was chosen: %j', (audience) => {
    const { choice } = compositionOf({ message: {}, audience });
    expect(audienceOf(choice)).toEqual(audience);
  });

  it('leaves nobody out where nobody is named', () => {
    expect(audienceOf({ kind: 'everyone', leaveOut: [] })).toEqual({ kind: 'everyone' });
  });
});

it('keeps texts of other languages as they were written, also where they are not right yet', () => {
  const texts = { de: { title: 'Hallo', body: '', url: 'htt', actions: ['Öffnen'] } };
  const read = (kept: unknown) =>
    compositionOf({ message: { title: 'Hi', texts: kept }, audience: null, choices: {} }).fields;
  expect(read(texts).texts).toEqual(texts);
  expect(read({ de: 4 }).texts).toEqual({ de: { title: '', body: '', url: '', actions: [] } });
  expect(isBlank({ ...EMPTY_FIELDS, texts })).toBe(false);
  const { message, errors } = checkFields(read(texts));
  expect([message, Object.keys(errors)]).toEqual([null, ['url@de']]);
});

it('reads and changes the texts of one language, and for all what all share', () => {
  const texts = { de: { title: 'Hallo', body: '', url: '', actions: ['Los'] } };
  const fields = fieldsWith({ title: 'Hello', body: 'World', texts });
  expect(ownFieldsIn(fields, '')).toBe(fields);
  expect(ownFieldsIn(fields, 'de')).toMatchObject({ title: 'Hallo', body: '', url: '' });
  expect(changeIn(fields, '', { title: 'Sale' })).toEqual({ title: 'Sale' });
  expect(changeIn(fields, 'de', { body: 'Welt', imageUrl: '/a.png' })).toEqual({
    imageUrl: '/a.png',
    texts: { de: { title: 'Hallo', body: 'Welt', url: '', actions: ['Los'] } },
  });
});
