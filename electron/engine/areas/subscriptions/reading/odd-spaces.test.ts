import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createSubscriptionTextReader,
  readSubscriptionText,
  type SubscriptionTextRow,
} from '../../../../core/subscription/subscription-text.ts';
import { browserSubscription } from '../../../testing/browser-subscription.ts';
import { CONSOLES } from './testing/lines-of-consoles.ts';
import { MARKUP } from './testing/lines-of-markup.ts';
import { LITERALS, TABLES } from './testing/lines-of-programs.ts';
import { YAML, type Told } from './testing/lines-of-yaml.ts';
import { IN_DOCUMENTS } from './testing/people-in-documents.ts';

const PEOPLE: readonly Told[] = ['Ada Byron', 'Bo Diddley', 'Cleo Laine'].map((name, index) => {
  const { endpoint, keys } = browserSubscription();
  return { name, id: `user-${index + 1}x`, tag: `t${index + 1}x`, endpoint, ...keys };
});
const LINES = { ...LITERALS, ...TABLES, ...CONSOLES, ...MARKUP, ...YAML };
const TEXTS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(IN_DOCUMENTS).map(([name, [text]]) => [name, text])),
  ...Object.fromEntries(
    Object.entries(LINES).map(([name, { head = [], lines, tail = [] }]) => {
      const own = PEOPLE.flatMap((one, index) => lines(one, index, index === PEOPLE.length - 1));
      return [name, [...head, ...own, ...tail].join('\n')];
    }),
  ),
};

/** What copying does to spaces. Each leaves as many of them as there were. */
const COPIED: Readonly<Record<string, (text: string) => string>> = {
  'no-break spaces everywhere': (text) => text.replaceAll(' ', '\u00a0'),
  'narrow no-break spaces everywhere': (text) => text.replaceAll(' ', '\u202f'),
  'every second space of an indentation': (text) => text.replaceAll('  ', '\u00a0 '),
  'no-break spaces as indentation': (text) =>
    text.replaceAll(/^ +/gm, ({ length }) => '\u00a0'.repeat(length)),
  'entities as indentation': (text) => text.replaceAll(/^ +/gm, ({ length }) => '&nbsp;'.repeat(length)),
  'no-break spaces behind signs': (text) => text.replaceAll(/(?<=[:,=]) /g, '\u00a0'),
  'zero-width spaces at the start of each line': (text) => text.replaceAll(/^/gm, '\u200b'),
  'zero-width spaces at the end of each line': (text) => text.replaceAll(/$/gm, '\u200b'),
  'zero-width spaces behind brackets': (text) => text.replaceAll(/[,[{(](?=["'\d[{ ])/g, '$&\u200b'),
  'byte order marks at the start of each line': (text) => text.replaceAll(/^/gm, '\ufeff'),
};
/** What the same copy has with plain spaces, and without what cannot be seen. */
const plain = (text: string) =>
  text.replaceAll(/[\u00a0\u202f]|&nbsp;/g, ' ').replaceAll(/[\u200b\ufeff]/g, '');

/** All but the excerpts of what is refused, which show the text as it is. Names in quotes keep their spaces. */
const rowsOf = (text: string) =>
  readSubscriptionText(text).map((row) => plain(JSON.stringify({ ...row, excerpt: '' })));

describe('spaces that copying has changed', () => {
  it.each(Object.entries(COPIED))('are read as plain ones: %s', (_, copy) => {
    for (const [form, text] of Object.entries(TEXTS)) {
      const copied = copy(text);
      expect({ form, rows: rowsOf(copied) }).toEqual({ form, rows: rowsOf(plain(copied)) });
    }
  });

  it('are read alike, in whatever pieces they come', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(TEXTS)),
        fc.constantFrom(...Object.values(COPIED)),
        fc.integer({ min: 1, max: 90 }),
        (form, copy, length) => {
          const text = copy(TEXTS[form] ?? '');
          const reader = createSubscriptionTextReader();
          const rows: SubscriptionTextRow[] = [];
          for (let at = 0; at < text.length; at += length)
            rows.push(...reader.push(text.slice(at, at + length)));
          expect([...rows, ...reader.end()]).toEqual(readSubscriptionText(text));
        },
      ),
      { numRuns: 100 },
    );
  });

  it.each(['Ada\u00a0Byron', 'Prénom\u00a0: Zoé', '1\u202f234', 'می\u200cخواهم', '👩\u200d💻', 'a,\u00a0{b'])(
    'stay as they are in a name of JSON: %s',
    (label) => {
      const [row] = readSubscriptionText(JSON.stringify({ ...browserSubscription(), label }));
      expect(row).toMatchObject({ person: { label } });
    },
  );

  it('leave what belongs together in a name beside damage', () => {
    const { endpoint, keys } = browserSubscription();
    const text = `\u00a0\u00a0label: می\u200cخواهم 👩\u200d💻\n\u00a0\u00a0endpoint: ${endpoint}\n\u00a0\u00a0p256dh: ${keys.p256dh}\n\u00a0\u00a0auth: ${keys.auth}`;
    expect(readSubscriptionText(text)).toMatchObject([{ person: { label: 'می\u200cخواهم 👩\u200d💻' } }]);
  });

  it.each(['\u00a0', ' \u00a0', '\u200b', '&nbsp;', '&', '&nbsp', 'a\u00a0b', '{\u00a0"', '\u00a0\n'])(
    'take time in proportion to a text of %j',
    (piece) => {
      const reader = createSubscriptionTextReader();
      const text = piece.repeat(300_000 / piece.length);
      const rows: SubscriptionTextRow[] = [];
      for (let at = 0; at < text.length; at += 1000) rows.push(...reader.push(text.slice(at, at + 1000)));
      expect([...rows, ...reader.end()].filter(({ kind }) => kind === 'row')).toEqual([]);
    },
  );
});
