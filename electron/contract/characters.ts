/**
 * Which characters a text may hold, by its kind. One that cannot be seen can reverse the text beside it (Unicode UAX #9), or be a command
 * to the terminal it is pasted into.
 *
 * `name`: a name, label, address or other text on one line that is shown beside other people's texts. It may hold the marks and joiners
 * that writing Arabic, Hebrew, Persian and emoji needs, and nothing else that cannot be seen. `line`, `text`: what people will read as a
 * message, on one line or on several. It may also embed and isolate stretches of text, as long as each of them is closed.
 */
export type TextRule = 'name' | 'line' | 'text';

const CONTROLS = /[\p{Cc}\p{Cs}\u2028\u2029\uFFFE\uFFFF]/u;
/** What makes text run the other way, whatever its letters say. */
const OVERRIDES = /[\u202D\u202E]/u;
const OTHERS_OF_A_NAME =
  /[\u202A-\u202E\u00AD\u180E\u200B\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/u;
/** What shows nothing on its own: joiners, variation selectors and the fillers that count as letters. */
const MARKLESS = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]/gu;
const BREAKS_OF_A_TEXT = /\r\n|[\n\t\u2028\u2029]/g;

const NAMES: Record<number, string> = {
  0x00: 'null',
  0x09: 'tab',
  0x0a: 'line break',
  0x0d: 'line break',
  0x1b: 'escape',
  0x200b: 'zero-width space',
  0x200c: 'zero-width non-joiner',
  0x200d: 'zero-width joiner',
  0x2028: 'line separator',
  0x2029: 'paragraph separator',
  0x202a: 'left-to-right embedding',
  0x202b: 'right-to-left embedding',
  0x202c: 'end of embedding',
  0x202d: 'left-to-right override',
  0x202e: 'right-to-left override',
  0x2066: 'left-to-right isolate',
  0x2067: 'right-to-left isolate',
  0x2068: 'isolate',
  0x2069: 'end of isolate',
  0x2800: 'blank Braille pattern',
  0x3164: 'Hangul filler',
  0xfeff: 'byte order mark',
};

/**
 * The first character that a text must not hold.
 *
 * @returns in the form in which people look it up, such as `U+202E (right-to-left override)`; `null`: there is none
 */
export function hiddenCharacter(text: string, rule: TextRule): string | null {
  const checked = rule === 'text' ? text.replaceAll(BREAKS_OF_A_TEXT, ' ') : text;
  const found = CONTROLS.exec(checked) ?? (rule === 'name' ? OTHERS_OF_A_NAME : OVERRIDES).exec(checked);
  const character =
    found?.[0] ??
    (rule === 'name' ? null : unbalanced(checked)) ??
    (rule === 'text' ? null : markless(checked));
  return character === null ? null : describe(character.codePointAt(0) ?? 0);
}

/** What to do about it, as a sentence. */
export function hiddenCharacterCure(character: string): string {
  return `Remove the hidden character ${character}.`;
}

const LONGEST_NAME = 40;

/**
 * The name of a field or a parameter that came from outside, for a sentence about it: cut, because the sender can make it any length, and
 * with each character that cannot be seen written as JSON writes it.
 */
export function shownName(name: string): string {
  const cut = name.slice(0, LONGEST_NAME);
  if (hiddenCharacter(cut, 'name') === null) return cut;
  return cut.replaceAll(
    /[^\x20-\x7E]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
}

/** The first mark that opens a stretch which is not closed, or closes one that is not open (UAX #9, X5 to X7). */
function unbalanced(text: string): string | null {
  const open: { mark: string; closedBy: string }[] = [];
  for (const [mark] of text.matchAll(/[\u202A-\u202C\u2066-\u2069]/gu)) {
    if (mark === '\u202C' || mark === '\u2069') {
      if (open.pop()?.closedBy !== mark) return mark;
    } else open.push({ mark, closedBy: mark <= '\u202B' ? '\u202C' : '\u2069' });
  }
  return open[0]?.mark ?? null;
}

/** The first character of a text that is not empty but shows nothing: on screen it would be nameless. */
function markless(text: string): string | null {
  const filled = text.replaceAll(/\s/gu, '');
  const code = filled.replaceAll(MARKLESS, '') === '' ? filled.codePointAt(0) : undefined;
  return code === undefined ? null : String.fromCodePoint(code);
}

function describe(code: number): string {
  const number = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const name = NAMES[code];
  return name === undefined ? number : `${number} (${name})`;
}
