import type { LineFilter } from './line-filters.ts';
import { fieldOf } from './record/field-role.ts';

/** Replaces a line of which nothing is left: not a blank line, which would end what is around it. */
const NOTHING = '//';
/** Where another one begins: what comes before it may be the rest of one that was cut off. */
const ANOTHER = '';

/** Makes a filter that sees the lines one by one and remembers what it has seen, wherever the text is cut into pieces. */
const lineByLine = (read: (line: string) => string) => (lines: string) =>
  lines
    .split(/(\r\n?|\n)/)
    .map((part, index, parts) =>
      index % 2 === 1 || (index === parts.length - 1 && part === '') ? part : read(part),
    )
    .join('');

const PART_NAME = /^Content-Disposition:\s*form-data;.*?\bname="([^"\r\n]{1,60})"/i;

/** The body of a form as browsers send it: each value has a part with its name above it. */
export const MULTIPART: LineFilter = {
  isIt: (start) => /^--\S{2,70}\r?\nContent-Disposition:\s*form-data;/im.test(start),
  make() {
    let name: string | null = null;
    let isValue = false;
    return lineByLine((line) => {
      const found = PART_NAME.exec(line)?.[1];
      if (found !== undefined) {
        name = found;
        isValue = false;
        return NOTHING;
      }
      if (name === null || line.startsWith('--')) {
        name = null;
        return !line.startsWith('--') ? line : /--\s*$/.test(line) ? ANOTHER : NOTHING;
      }
      if (!isValue) {
        isValue = line.trim() === '';
        return NOTHING;
      }
      const value = `${name}: ${line}`;
      name = null;
      return value;
    });
  },
};

/** `$keys$p256dh`, `[[1]]$endpoint`, `[[1]]`, also with names in backticks. */
const PATH = /^(?:\[\[\d{1,9}\]\]|\$(?:`[^`\r\n]{1,60}`|[\w.]{1,60}))+$/;
const LAST_NAME = /\$(?:`([^`]+)`|([\w.]+))$/;
const VECTOR = /^\s*\[1\] (.*)$/;

/** Lists as R prints them: a path on a line of its own, and the value below it after `[1]`. */
export const R_LISTS: LineFilter = {
  isIt: (start) => /^(?:\[\[\d{1,9}\]\])*\$\S{1,60}\r?\n\s*\[1\] "/m.test(start),
  make() {
    let name: string | null = null;
    let item = '';
    return lineByLine((line) => {
      const path = line.trimEnd();
      if (PATH.test(path)) {
        const [whole, quoted, plain] = LAST_NAME.exec(path) ?? [];
        name = quoted ?? plain ?? null;
        const its = /^\[\[\d+\]\]/.exec(path)?.[0] ?? '';
        const isAnother = its !== item || (path !== whole && fieldOf(name ?? '')?.role === 'endpoint');
        item = its;
        return isAnother ? ANOTHER : NOTHING;
      }
      const values = VECTOR.exec(line)?.[1]?.trim();
      const said = name !== null && values !== undefined ? `${name}: ${together(values)}` : NOTHING;
      if (line.trim() !== '') name = null;
      return said;
    });
  },
};

/** `"a" "b"` as `a, b`; one value as it is. */
const together = (values: string): string =>
  /^"(?:[^"\\]|\\.)*"(?:\s+"(?:[^"\\]|\\.)*")+$/.test(values)
    ? values.replaceAll(/"\s+"/g, ', ').replaceAll(/^"|"$/g, '')
    : values;

/** A list in a list; what is named here is part of what is around it. */
const INNER =
  /^[ \t]{0,40}(?:\.\. ?){0,20}[ \t]{0,9}\$ ?(?!(?:keys|sub\w*|push\w*|data)[ \t]{0,40}:)\S{0,60}[ \t]{0,40}:[ \t]{0,9}List of \d/i;
const STRUCTURE =
  /^[ \t]{0,40}(?:\.\. ?){0,20}[ \t]{0,9}\$ ([\w.]{1,60})[ \t]{0,40}:[ \t]{0,9}(?:(?:chr|num|int|logi|Factor|POSIXct|Date)\b[^"\r\n]{0,40}? )?(?:\[1:\d+\] )?(\S.*)$/;

/** What `str()` of R shows of a list: ` $ endpoint: chr "https://…"`. Long texts are shortened there. */
export const R_STRUCTURE: LineFilter = {
  isIt: (start) =>
    /^[ \t]{0,40}(?:\.\. ?){0,20}[ \t]{0,9}\$ \S{1,60}[ \t]{0,40}:[ \t]{0,9}chr "/m.test(start) &&
    /^(?:List of \d|'data\.frame':)/m.test(start),
  make: () =>
    lineByLine((line) => {
      if (INNER.test(line)) return ANOTHER;
      const [, name, value] = STRUCTURE.exec(line.trimEnd()) ?? [];
      if (name === undefined || value === undefined || /^List of \d/.test(value)) return NOTHING;
      return `${name}: ${together(value.replace(/"\| __truncated__.*$/, '…"'))}`;
    }),
};

const BULLET = /^[-*+] (?:\*\*|__)?(?=[\p{L}_][\p{L}\p{N}_. -]{0,40}(?:\*\*|__)?:)/u;

/** Markdown: a heading for each, and its names and values as a list below. */
export const MARKDOWN_LISTS: LineFilter = {
  isIt: (start) =>
    /^#{1,6} \S.*\r?\n\s*(?:\r?\n)?[-*+] (?:\*\*|__)?[\p{L}_]/mu.test(start) &&
    !/^[ \t]+["']?[\w.-]+["']?:(?:\s|$)/m.test(start),
  make() {
    let isItem = false;
    return lineByLine((line) => {
      const isHeading = /^#{1,6} /.test(line);
      const plain = line
        .replace(BULLET, '')
        .replace(/^([^:]{1,44}?)(?:\*\*|__):|^([^:]{1,44}):(?:\*\*|__)/, '$1$2:');
      if (isHeading) isItem = false;
      else if (plain !== line) isItem = true;
      return line.trim() === '' && !isItem ? NOTHING : plain;
    });
  },
};

const MARKED =
  /^[ \t]*(?:(#{1,6}|\/{2,3}|;{1,3}|[-*+•])[ \t]+)?(?:\*\*|__)?([\p{L}_][\p{L}\p{N}_. -]{0,40}?)((?:\*\*|__)?[ \t]*(?::|=>?)(?:\*\*|__)?[ \t]*|[ \t]*(?:->|→)[ \t]*|[ \t]+[-–—][ \t]+)(\S[^\r\n]*)$/u;
/** The blank line of a comment. */
const MARK_ALONE = /^[ \t]*(?:#{1,6}|\/{2,3}|;{1,3})[ \t]*$/;
/** This many lines of a kind are no accident. */
const MIN_MARKED = 3;

/**
 * Labelled lines that all have the same mark before them, of a list or a comment, or bold names, or a dash or an arrow instead of a colon.
 * Taken one by one, nothing would show where one subscription ends.
 */
export const MARKED_LABELS: LineFilter = {
  isIt(start) {
    const lines = start.split(/\r?\n/);
    // The last one may be cut off.
    lines.pop();
    const filled = lines.filter((line) => line.trim() !== '' && !MARK_ALONE.test(line));
    const all = filled.map((line) => MARKED.exec(line));
    const mark = all[1]?.[1];
    // Of the first line, the beginning may be cut off with its mark.
    const found = mark !== undefined && all[0] === null ? all.slice(1) : all;
    const roles = new Set(found.map((one) => fieldOf(one?.[2] ?? '')?.role));
    return (
      found.length >= MIN_MARKED &&
      found.every((one) => one !== null && one[1] === mark) &&
      (mark !== undefined || filled.every((line) => unmarked(line) !== line.trim())) &&
      (roles.has('endpoint') || roles.has('p256dh'))
    );
  },
  make: () => lineByLine(unmarked),
};

function unmarked(line: string): string {
  if (MARK_ALONE.test(line)) return '';
  const [, , name, sign = '', value] = MARKED.exec(line) ?? [];
  if (name === undefined || value === undefined) return line;
  // The rest of a broken address may look like a label: nothing but marks is changed.
  return `${name}${/[:=]/.test(sign) ? sign.replaceAll(/\*\*|__/g, '') : ': '}${value}`;
}
