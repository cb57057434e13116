import type { SubscriptionTextReader } from './text-reader.ts';

const QUOTE = /^(?:[ \t]*>)+[ \t]?/gm;

/** Whether a text is quoted as mail quotes it: most of its lines begin with `>`. */
export function isQuoted(start: string): boolean {
  const lines = start.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
  return lines.filter((line) => /^[ \t]*>/.test(line)).length * 2 > lines.length;
}

/** Takes the `>` from the start of each line before it is read. */
export function createUnquoter(reader: SubscriptionTextReader): SubscriptionTextReader {
  let rest = '';
  const plain = (text: string) => text.replaceAll(QUOTE, '');
  return {
    push(piece) {
      rest += piece;
      const end = rest.lastIndexOf('\n') + 1;
      if (end === 0) return [];
      const lines = rest.slice(0, end);
      rest = rest.slice(end);
      return reader.push(plain(lines));
    },
    end: () => [...reader.push(plain(rest)), ...reader.end()],
  };
}
