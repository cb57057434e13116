/** The length of the closing quote at a position; 0: there is none. */
export function closingOf(quote: string): (text: string, at: number) => number {
  if (/^[“”„‟″«»]$/.test(quote)) return (text, at) => (/[“”„‟″«»"]/.test(text.charAt(at)) ? 1 : 0);
  if (/^[‘’‚′]$/.test(quote)) return (text, at) => (/[‘’‚′']/.test(text.charAt(at)) ? 1 : 0);
  if (/^&.*l[ds]quo;$/i.test(quote)) {
    const right = quote.replace(/l([ds])quo/i, 'r$1quo');
    return (text, at) => (text.startsWith(right, at) ? right.length : 0);
  }
  return (text, at) => (text.startsWith(quote, at) ? quote.length : 0);
}

const ESCAPE = /\\(?:[ux]\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2})|([0-7]{3})|([^]))/gi;
const ESCAPED: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
};

/** The meaning of a string between such quotes. */
export function unescapeText(raw: string, quote: string): string {
  const text = quote === '""' ? raw.replaceAll('""', '"') : raw;
  if (!text.includes('\\')) return text;
  return text.replaceAll(
    ESCAPE,
    (_all, wide?: string, four?: string, hex?: string, octal?: string, char?: string) => {
      const digits = wide ?? four ?? hex;
      if (digits !== undefined) return codePoint(Number.parseInt(digits, 16));
      if (octal !== undefined) return codePoint(Number.parseInt(octal, 8));
      return ESCAPED[char ?? ''] ?? char ?? '';
    },
  );
}

function codePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}

/** A word without quotes: null, true or false in any language, a number, or a text. */
export function ofWord(word: string): unknown {
  switch (word.toLowerCase()) {
    case 'null':
    case 'none':
    case 'nil':
    case 'undefined':
    case '<nil>':
      return null;
    case 'true':
      return true;
    case 'false':
      return false;
  }
  return /^-?\d{1,15}(?:\.\d{1,6})?(?:e\d{1,2})?n?$/i.test(word) ? Number(word.replace(/n$/, '')) : word;
}

/** The text of `datetime.datetime(2026, 1, 2, 3, 4, 5)`. */
export function ofDateParts(parts: readonly unknown[]): string {
  const numbers = parts.filter((part) => typeof part === 'number').slice(0, 6);
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = numbers;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
}
