/** What copying through chats, documents and web pages does to a text that a program is to read. */
export type CopyDamage = 'quotes' | 'spaces' | 'invisible' | 'dashes' | 'letters' | 'entities';

export interface PlainText {
  readonly text: string;
  /** What was corrected, each kind once. */
  readonly mended: readonly CopyDamage[];
}

/** Terminal colour codes, byte order marks, zero-width and direction marks, soft hyphens, zero bytes of UTF-16. */
const INVISIBLE =
  /(?!\s)\p{Cc}\[[0-9;]{0,20}m|(?![\s\u0085])\p{Cc}|[\u00AD\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/gu;
const ODD_SPACES = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g;
const ODD_BREAKS = /[\u0085\u2028\u2029]/g;
const DOUBLE_QUOTES = /[\u201C-\u201F\u2033\u2036\u00AB\u00BB\u301D-\u301F]/g;
const SINGLE_QUOTES = /[\u2018-\u201B\u2032\u2035\u2039\u203A\u00B4]/g;
const DASHES = /[\u2010-\u2013\u2212\uFE63]/g;
/** What word processors turn two hyphens into. */
const LONG_DASHES = /[\u2014\u2015]/g;
/** Ligatures from PDF files and full-width letters. */
const ODD_LETTERS = /[\uFB00-\uFB06\uFF01-\uFF5E]/g;
const ENTITY = /&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|(quot|apos|amp|lt|gt|nbsp|plus|sol|equals|lowbar));/gi;

const NAMED_ENTITIES: Readonly<Record<string, string>> = {
  quot: '"',
  apos: "'",
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: ' ',
  plus: '+',
  sol: '/',
  equals: '=',
  lowbar: '_',
};

/**
 * Corrects what copying did to keys, JSON, settings and other texts for programs: typographic quotes, odd spaces and dashes, characters
 * that cannot be seen, ligatures, HTML entities. Not for prose or names, which need some of these characters.
 */
export function plainText(text: string): PlainText {
  const mended = new Set<CopyDamage>();
  const replace = (
    from: string,
    pattern: RegExp,
    by: string | ((...found: string[]) => string),
    kind: CopyDamage,
  ) => {
    const to = typeof by === 'string' ? from.replaceAll(pattern, by) : from.replaceAll(pattern, by);
    if (to !== from) mended.add(kind);
    return to;
  };
  let plain = replace(text, INVISIBLE, '', 'invisible');
  // Texts that were escaped twice are common; three times are not.
  for (let round = 0; round < 3 && plain.includes('&'); round += 1) {
    plain = replace(plain, ENTITY, entity, 'entities');
  }
  plain = replace(plain, INVISIBLE, '', 'invisible');
  plain = replace(plain, ODD_SPACES, ' ', 'spaces');
  plain = replace(plain, ODD_BREAKS, '\n', 'spaces');
  plain = replace(plain, ODD_LETTERS, (letter) => letter.normalize('NFKC'), 'letters');
  plain = replace(plain, DOUBLE_QUOTES, '"', 'quotes');
  plain = replace(plain, SINGLE_QUOTES, "'", 'quotes');
  plain = replace(plain, DASHES, '-', 'dashes');
  plain = replace(plain, LONG_DASHES, '--', 'dashes');
  return { text: plain, mended: [...mended] };
}

function entity(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return NAMED_ENTITIES[name.toLowerCase()] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
    ? String.fromCodePoint(code)
    : whole;
}

const QUOTES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '“': '”',
  '‘': '’',
  '«': '»',
  '„': '“',
};

/**
 * Removes the quotes around a whole value, which are not part of it: `docker --env-file` and some shells keep them. Removes surrounding
 * blanks too.
 *
 * @returns if there is no pair of quotes around it, the text without surrounding blanks
 */
export function withoutOuterQuotes(text: string): string {
  let inner = text.trim();
  while (inner.length >= 2 && QUOTES[inner.charAt(0)] === inner.at(-1)) inner = inner.slice(1, -1).trim();
  return inner;
}
