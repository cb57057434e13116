/** Bytes that a tool printed in lines, and where the lines are in the text. */
export interface DumpedBytes {
  readonly bytes: readonly number[];
  readonly start: number;
  readonly end: number;
  /** Where the letters are that the tool printed beside them. */
  readonly letters: readonly { readonly start: number; readonly end: number }[];
}

const OFFSET = /^[ \t>"'`]{0,9}(?:0x)?(?<offset>[\da-f]{4,8}):?[ \t]{1,3}/i;
const IN_A_LINE = 16;
const HALF = 8;

/** Bytes as `xxd`, `hexdump -C` and `od -t x1` print them: offset, bytes, and what can be read of them. */
export function dumpsIn(text: string): DumpedBytes[] {
  const dumps: { bytes: number[]; start: number; end: number; letters: { start: number; end: number }[] }[] =
    [];
  let at = 0;
  for (const line of text.split('\n')) {
    const end = at + line.length;
    const offset = OFFSET.exec(line);
    const last = dumps.at(-1);
    const digits = offset?.groups?.['offset'] ?? '';
    if (offset !== null && /^0+$/.test(digits)) {
      const read = bytesOf(line, offset[0].length);
      dumps.push({ bytes: read.bytes, start: at, end, letters: [{ start: at + read.end, end }] });
    } else if (offset !== null && last?.end === at - 1 && isNext(digits, last.bytes.length)) {
      const read = bytesOf(line, offset[0].length);
      last.bytes.push(...read.bytes);
      last.end = end;
      last.letters.push({ start: at + read.end, end });
    }
    at = end + 1;
  }
  return dumps;
}

/** `od` counts in octal digits. */
const isNext = (offset: string, count: number) =>
  Number.parseInt(offset, 16) === count || Number.parseInt(offset, 8) === count;

function bytesOf(line: string, start: number): { bytes: number[]; end: number } {
  const bytes: number[] = [];
  let at = start;
  while (bytes.length < IN_A_LINE) {
    const digits = /^(?:[\da-f]{4}|[\da-f]{2})(?=\s|$)/i.exec(line.slice(at, at + 5))?.[0];
    if (digits === undefined) break;
    bytes.push(...(digits.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)));
    at += digits.length;
    // Before what can be read there are two blanks; in the middle too.
    const gap = /^ {0,2}/.exec(line.slice(at, at + 2))?.[0].length ?? 0;
    if (gap === 0 || (gap === 2 && bytes.length !== HALF)) break;
    at += gap;
  }
  return { bytes, end: at };
}

/**
 * A text with blanks in place of the letters beside the bytes of its dumps: they only repeat the bytes, and `\n` or `%2B` among them is no
 * escape.
 * @param fewest bytes that a dump has
 */
export function withoutDumpedLetters(text: string, fewest: number): string {
  const letters = dumpsIn(text).flatMap((dump) => (dump.bytes.length < fewest ? [] : dump.letters));
  if (letters.length === 0) return text;
  let done = '';
  let from = 0;
  for (const { start, end } of letters) {
    done += text.slice(from, start) + ' '.repeat(end - start);
    from = end;
  }
  return done + text.slice(from);
}
