import type { LineFilter } from './line-filters.ts';

/** A line of `xxd`, `hexdump -C` or a tool that watches the network: offset, bytes, and what can be read of them. */
const LINE =
  /^[ \t]{0,9}(?:0x)?[\da-f]{4,8}:?[ \t]+((?:[\da-f]{2,4} {1,2}){2,17})[ \t]*\|?[^\r\n]{0,18}(?:\r?\n|$)/gim;
const MIN_LINES = 4;

/** A text as its bytes, in hexadecimal. */
export const HEX_DUMP: LineFilter = {
  isIt(start) {
    const lines = start.match(LINE) ?? [];
    return lines.length >= MIN_LINES && /https:\/\//.test(toText()(lines.join('')));
  },
  make: toText,
};

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
