import type { Problem } from '../../contract/problem.ts';
import { MAIL_BASE64, PACKED_FILE, PACKED_LINES } from './base64-lines.ts';
import { HEX_DUMP, LETTER_DUMP } from './hex-dump.ts';
import { BROKEN_ADDRESSES } from './joined-addresses.ts';
import { fieldOf } from './record/field-role.ts';
import { MARKDOWN_LISTS, MARKED_LABELS, MULTIPART, R_LISTS, R_STRUCTURE } from './named-lines.ts';
import { isRule } from './table-form.ts';
import { clean, EXCERPT_CHARACTERS, type SubscriptionTextRow } from './region.ts';
import { NOT_A_SUBSCRIPTION } from './subscription-shape.ts';
import type { SubscriptionTextReader } from './text-reader.ts';
import { createUnreadSample } from './unread-form.ts';

/** Something that was done to each line of a text, and how it is undone before the text is read. */
export interface LineFilter {
  /** Whether the start of a text shows it. */
  readonly isIt: (start: string) => boolean;
  /** Makes the function that undoes it: whole lines in, the same number of lines out, except where lines were broken. */
  readonly make: (start: string) => (lines: string) => string;
  /** Where what may go on in the next line begins at the end of whole lines; left out: a line goes on only after `=`. */
  readonly unfinishedFrom?: (lines: string) => number;
  /** What to say if it leaves no subscription of those that the text has. */
  readonly gone?: Problem;
}

const linesOf = (text: string) => text.split(/\r\n?|\n/).filter((line) => line.trim() !== '');

/** The `>` of quoted mail, before most of its lines. */
const QUOTES: LineFilter = {
  isIt(start) {
    const lines = linesOf(start);
    return lines.filter((line) => /^[ \t]*>/.test(line)).length * 2 > lines.length;
  },
  make(start) {
    const depths = linesOf(start).map((line) => /^(?:[ \t]*>)*/.exec(line)?.[0].match(/>/g)?.length ?? 0);
    // A single line that is quoted deeper begins with the end of a tag.
    const deepest = Math.max(1, ...depths.map((depth, index) => Math.min(depth, depths[index + 1] ?? 0)));
    const marks = new RegExp(String.raw`^(?:[ \t]*>){1,${deepest}}[ \t]?`, 'gm');
    return (lines) => lines.replaceAll(marks, '');
  },
};

/**
 * How the tree of a value is copied from the tools of Chrome: name, colon and value, each on a line of its own. It has several of them: a
 * single one may be anything.
 */
const TREE_LINES: LineFilter = {
  isIt: (start) => (start.match(TREE_NAME)?.length ?? 0) > 1,
  make: () => (lines) => lines.replaceAll(TREE_NAME, '$1: '),
};
const TREE_NAME = /^([\w@][\w@.-]{0,59})\r?\n: ?\r?\n(?=\S)/gm;

/** The marks of a diff: lines that were removed are left out. */
const DIFF: LineFilter = {
  isIt: (start) => /^(?:diff --git |@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@)/m.test(start),
  make: () => (lines) =>
    lines.replaceAll(/^(?:-|diff --git |index [\da-f]+\.\.|\+\+\+ |@@ ).*$/gm, '').replaceAll(/^[+ ]/gm, ''),
  gone: {
    code: 'removed-by-diff',
    cause: 'This diff removes every subscription that is in it.',
    cure: 'To take them nevertheless, import the file as it was before that change.',
  },
};

/** The carets in a command for Windows, as browsers copy it: `^"^{^\\^"endpoint^\\^"`. */
const CARETS: LineFilter = {
  isIt: (start) => /\bcurl(?:\.exe)? \^"|\^\{\^\\?\^?"/.test(start),
  make: () => (lines) => lines.replaceAll(/\^([^\r\n])/g, '$1').replaceAll(/\^(?=\r?\n)/g, ''),
};

/**
 * In their logs, web servers write a quote as `\x22`, and escape every byte that is not plain text in the same way. In scripts it is
 * `\u0022`; between plain quotes that is only JSON.
 */
const HEX_QUOTES: LineFilter = {
  isIt: (start) => /[{[,:]\\x22[\w/]|^[^"\r\n]*[{[]\\u0022\w/im.test(start),
  make: () => (lines) =>
    lines.replaceAll(/(?:\\(?:x[\da-f]{2}|u00[2-7][\da-f]))+/gi, (run) =>
      decoded(run, HEX_BYTE).replaceAll(/[\r\n]/g, ' '),
    ),
};
const HEX_BYTE = /\\(?:x|u00)([\da-f]{2})/gi;

/** The backslashes that Markdown and LaTeX put before their special characters: `B\_x` would not be read as a key. */
const ESCAPED_SIGNS: LineFilter = {
  isIt: (start) =>
    /https:\/\/[^\s"'\\,;|]{1,400}[\w/:=.-]\\[_*~%&-]|(?<![\w\\-])(?=[\w-]{0,90}\\[_*~-])(?:[\w-]|\\[_*~-]){22,}/.test(
      start,
    ),
  make: () => (lines) => lines.replaceAll(ADDRESS_OR_KEY, (word) => word.replaceAll(/\\(?=[_*~%&#-])/g, '')),
};
/** Elsewhere, as in a label, a backslash is what the person wrote. */
const ADDRESS_OR_KEY = /https:\/\/[^\s"',;|]+|(?:[\w-]|\\[_*~-]){20,}/g;

const ENCODED = /=([\dA-F]{2})/g;

/** The text of bytes that are written as hexadecimal digits. */
function decoded(run: string, byte: RegExp): string {
  return new TextDecoder().decode(
    Uint8Array.from(run.matchAll(byte), ([, hex = '']) => Number.parseInt(hex, 16)),
  );
}

/** Quoted-printable, as mail is stored: `=3D`, and `=` at the end of a line that continues. */
const QUOTED_PRINTABLE: LineFilter = {
  isIt: (start) =>
    (/^Content-Transfer-Encoding:\s*quoted-printable/im.test(start) && /=3D|[^\s=]=\r?\n\S/.test(start)) ||
    (/=3D/.test(start) && /[^\s=]=\r?\n\S/.test(start)),
  make: () => (lines) =>
    lines.replaceAll(/=[ \t]*\r?\n/g, '').replaceAll(/(?:=[\dA-F]{2})+/g, (run) => decoded(run, ENCODED)),
};

/** Of quoted-printable, only the sign before a token. */
const ENCODED_EQUALS: LineFilter = {
  isIt: (start) => ENCODED_TOKEN.test(start),
  make: () => (lines) => lines.replaceAll(new RegExp(ENCODED_TOKEN, 'g'), '$1='),
};
const ENCODED_TOKEN = /(https:\/\/[\w.-]{1,60}\.notify\.windows\.com\/[^\s"'<>?]{0,40}\?token)=3D/;

/** The backslashes that Java puts before colons and equals signs in its properties. */
const PROPERTIES: LineFilter = {
  isIt: (start) => /^[\w.-]{1,80}\s?[=:]\s?https?\\:\/\//m.test(start),
  make: () => (lines) => lines.replaceAll(/\\(?=[:=#!])/g, ''),
};

/** Cells separated by blanks, as data frames and shells print tables: the names, then rows with as many words, or with a number first. */
const SPACED: LineFilter = {
  isIt(start) {
    const [head = '', ...rows] = linesOf(start).filter((line) => !/^[\s-]+$/.test(line));
    const names = wordsOf(head);
    const has = (role: string) => names.some((name) => fieldOf(name)?.role === role);
    if (/[,;|\t{}[\]<>:=]/.test(head) || !has('endpoint') || !has('p256dh') || !has('auth')) return false;
    const [first] = rows;
    return (
      first !== undefined &&
      / https:\/\//.test(first) &&
      [0, 1].includes(wordsOf(first).length - names.length)
    );
  },
  make(start) {
    const head = linesOf(start)[0] ?? '';
    const count = wordsOf(head).length;
    return (lines) =>
      lines.replaceAll(/^[^\r\n]+/gm, (line) => {
        if (/^[\s-]+$/.test(line) || isRule(line)) return '';
        const words = wordsOf(line);
        return (words.length === count + 1 ? words.slice(1) : words).join('\t');
      });
  },
};

const wordsOf = (line: string): string[] => line.trim().split(/\s+/);

const FILTERS: readonly LineFilter[] = [
  QUOTES,
  DIFF,
  TREE_LINES,
  HEX_DUMP,
  LETTER_DUMP,
  MAIL_BASE64,
  QUOTED_PRINTABLE,
  ENCODED_EQUALS,
  BROKEN_ADDRESSES,
  CARETS,
  HEX_QUOTES,
  ESCAPED_SIGNS,
  MULTIPART,
  PACKED_FILE,
  PACKED_LINES,
  R_LISTS,
  MARKDOWN_LISTS,
  R_STRUCTURE,
  MARKED_LABELS,
  PROPERTIES,
  SPACED,
];

/**
 * What was done to the lines of a text; `null`: nothing.
 *
 * @param done what was undone already: the result may look as if the same had been done, and would be undone again without end
 */
export const lineFilterOf = (start: string, done: readonly LineFilter[]): LineFilter | null =>
  FILTERS.find((filter) => !done.includes(filter) && filter.isIt(start)) ?? null;

/** A longer line is passed on as it is. */
const MAX_LINE = 300_000;

/** Undoes it before the text is read. @param gone what to say if nothing is left */
export function createLineFilter(
  reader: SubscriptionTextReader,
  plain: (lines: string) => string,
  { gone, unfinishedFrom = (lines) => lines.length }: Omit<LineFilter, 'isIt' | 'make'> = {},
): SubscriptionTextReader {
  const unread = createUnreadSample();
  let rest = '';
  const withReason = (row: SubscriptionTextRow): SubscriptionTextRow =>
    gone !== undefined &&
    row.kind === 'bad' &&
    row.problem === NOT_A_SUBSCRIPTION &&
    unread.text().startsWith('http')
      ? { ...row, problem: gone, excerpt: clean(unread.text(), 0, EXCERPT_CHARACTERS) }
      : row;
  return {
    push(piece) {
      if (gone !== undefined) unread.push(piece);
      rest += piece;
      // A line that continues is joined with the next one.
      let end = rest.lastIndexOf('\n') + 1;
      while (end > 0 && /=[ \t]*\r?\n$/.test(rest.slice(Math.max(0, end - 8), end)))
        end = rest.lastIndexOf('\n', end - 2) + 1;
      if (end === 0 && rest.length > MAX_LINE) end = rest.length;
      if (end === 0) return [];
      const lines = plain(rest.slice(0, end));
      const whole = unfinishedFrom(lines);
      rest = lines.slice(whole) + rest.slice(end);
      return reader.push(lines.slice(0, whole));
    },
    end: () => [...reader.push(plain(rest)), ...reader.end().map(withReason)],
  };
}
