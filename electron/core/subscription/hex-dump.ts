import type { LineFilter } from './line-filters.ts';

/** A line of `xxd`, `hexdump -C`, `od -t x1` or a tool that watches the network: offset, bytes, and what can be read of them. */
const LINE =
  /^[ \t]{0,9}(?:0x)?[\da-f]{4,8}:?[ \t]+((?:[\da-f]{2,4} {1,2}){1,16}(?:[\da-f]{2,4}(?= |\r?$))?)[ \t]*\|?[^\r\n]{0,18}(?:\r?\n|$)/gim;
const MIN_LINES = 4;

/** A text as its bytes, in hexadecimal. */
export const HEX_DUMP: LineFilter = {
  isIt(start) {
    const lines = start.match(LINE) ?? [];
    return lines.length >= MIN_LINES && /https:\/\//.test(toText()(lines.join('')));
  },
  make: toText,
};

/** A line of `od -c`: offset, and each byte as a letter, an escape or octal digits, four characters wide. */
const LETTERS = /^[0-7]{7}((?: {3}\S| {2}\\\S| [0-7]{3}| {4}){1,16})[ \t]*(?:\r?\n|$)/gm;
const LAST_OFFSET = /^[0-7]{7}[ \t]*$/gm;
const ESCAPED: Readonly<Record<string, number>> = { 0: 0, a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };

/** A text as its bytes, each shown as what it means. */
export const LETTER_DUMP: LineFilter = {
  isIt(start) {
    const lines = start.match(LETTERS) ?? [];
    return lines.length >= MIN_LINES && /https:\/\//.test(fromLetters()(lines.join('')));
  },
  make: fromLetters,
};

function fromLetters(): (lines: string) => string {
  const decoder = new TextDecoder();
  return (lines) =>
    lines
      .replaceAll(LETTERS, (_line, cells: string) =>
        decoder.decode(Uint8Array.from(cells.match(/.{4}/g) ?? [], byteOf), { stream: true }),
      )
      .replaceAll(LAST_OFFSET, '');
}

function byteOf(cell: string): number {
  const [, octal, escape] = / (?:([0-7]{3})| \\(\S))$/.exec(cell) ?? [];
  if (octal !== undefined) return Number.parseInt(octal, 8);
  return (escape === undefined ? undefined : ESCAPED[escape]) ?? cell.charCodeAt(3);
}

/** Bytes of one character may be on two lines. */
function toText(): (lines: string) => string {
  const decoder = new TextDecoder();
  return (lines) =>
    lines.replaceAll(LINE, (_line, hex: string) =>
      decoder.decode(
        Uint8Array.from(hex.replaceAll(' ', '').match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)),
        { stream: true },
      ),
    );
}
