import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hiddenCharacter } from './characters.ts';
import { newKeyPairNameSchema } from './keys.ts';
import { newMessageSchema } from './message-checks.ts';

const RULES = ['name', 'line', 'text'] as const;

describe('what a text may hold', () => {
  it.each([
    ['\u202E', 'U+202E (right-to-left override)'],
    ['\u202D', 'U+202D (left-to-right override)'],
    ['\u0000', 'U+0000 (null)'],
    ['\u001B', 'U+001B (escape)'],
    ['\u009B', 'U+009B'],
    ['\u007F', 'U+007F'],
    ['\uD800', 'U+D800'],
    ['\uFFFE', 'U+FFFE'],
    ['\u2068', 'U+2068 (isolate)'],
    ['\u2069', 'U+2069 (end of isolate)'],
  ])('is nowhere %j', (character, named) => {
    for (const rule of RULES) {
      expect(hiddenCharacter(`a${character}b`, rule)).toBe(named);
    }
  });

  it.each(['\n', '\t', '\r\n', '\u2028'])('is %j in a text of several lines only', (character) => {
    expect(hiddenCharacter(`a${character}b`, 'text')).toBeNull();
    expect(hiddenCharacter(`a${character}b`, 'line')).not.toBeNull();
    expect(hiddenCharacter(`a${character}b`, 'name')).not.toBeNull();
  });

  it.each([
    'Łódź, 東京, हिन्दी',
    'مرحبا\u200F (v2)',
    'שלום\u200E!',
    'می\u200Cخواهم',
    'family 👨\u200D👩\u200D👧, ❤️',
  ])('is what people write: %s', (text) => {
    for (const rule of RULES) expect(hiddenCharacter(text, rule)).toBeNull();
  });

  it.each([
    ['\u200D', 'U+200D (zero-width joiner)'],
    ['\uFE0F \u200C', 'U+FE0F'],
    ['\u2800', 'U+2800 (blank Braille pattern)'],
    ['\u3164', 'U+3164 (Hangul filler)'],
    ['\u115F\u1160', 'U+115F'],
    ['\u{E0100}', 'U+E0100'],
  ])('is not only what leaves no mark: %j', (blank, named) => {
    expect(hiddenCharacter(blank, 'name')).toBe(named);
    expect(hiddenCharacter(blank, 'line')).toBe(named);
    expect(hiddenCharacter(blank, 'text')).toBeNull();
  });

  it.each(['\u206A', '\u206F', '\u2800', '\u3164', '\uFFA0'])(
    'of a name is never %j, which would make it look like another one',
    (character) => {
      expect(hiddenCharacter(`Acme${character}`, 'name')).not.toBeNull();
    },
  );

  it('is nothing to complain of where there is none', () => {
    for (const rule of RULES)
      expect([hiddenCharacter('', rule), hiddenCharacter(' ', rule)]).toEqual([null, null]);
  });

  it('is an isolate in a message, if it is closed', () => {
    const text = 'Order \u2067שלום\u2069 and \u202Babc\u202C';
    expect(hiddenCharacter(text, 'line')).toBeNull();
    expect(hiddenCharacter(text, 'name')).toBe('U+2067 (right-to-left isolate)');
    expect(hiddenCharacter('\u2067\u202Babc\u2069\u202C', 'line')).toBe('U+2069 (end of isolate)');
  });

  it('is never a text that turns round what follows it', () => {
    const bidi = fc.string({
      unit: fc.constantFrom(
        'a',
        'ש',
        '\u202A',
        '\u202B',
        '\u202C',
        '\u202D',
        '\u202E',
        '\u2066',
        '\u2067',
        '\u2069',
      ),
      maxLength: 12,
    });
    fc.assert(
      fc.property(bidi, (text) => {
        if (hiddenCharacter(text, 'line') !== null) return;
        let open = 0;
        for (const character of text) {
          if ('\u202A\u202B\u2066\u2067'.includes(character)) open += 1;
          if ('\u202C\u2069'.includes(character)) open -= 1;
          expect(open).toBeGreaterThanOrEqual(0);
        }
        expect(open).toBe(0);
        expect(text).not.toMatch(/[\u202D\u202E]/);
      }),
    );
  });
});

describe('inputs', () => {
  it('say in which field the character is', () => {
    const message = { title: 'a\u202Eb', body: 'fine\nlines', actions: [{ title: 'x\u0007' }], tag: 'ok' };
    const issues = newMessageSchema.safeParse(message).error?.issues ?? [];
    expect(issues.map(({ path, message: text }) => [path.join('.'), text])).toEqual([
      ['title', 'Remove the hidden character U+202E (right-to-left override).'],
      ['actions.0.title', 'Remove the hidden character U+0007.'],
    ]);
  });

  it('take no name that cannot be seen whole', () => {
    expect(newKeyPairNameSchema.safeParse('Shop\u202E').success).toBe(false);
    expect(newKeyPairNameSchema.safeParse('Sh\u200Bop').success).toBe(false);
    expect(newKeyPairNameSchema.safeParse('Läden مرحبا').success).toBe(true);
  });
});
