import type { SubscriptionTextReader } from './text-reader.ts';

/** Spaces that Word, wikis, chats and web pages put in place of plain ones. */
const ODD = String.raw`[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]|&(?:nbsp|[en]bsp|e[mn]sp|thinsp|#160|#8239|#x0*a0|#x0*202f);`;
/** Signs that nobody sees, between tokens or where a line may be broken. */
const UNSEEN = String.raw`[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|&(?:ZeroWidthSpace|NoBreak|#8203|#8288|#65279|#x0*200b|#x0*2060|#x0*feff);`;
const ANY = new RegExp(`${ODD}|${UNSEEN}`, 'i');
const EACH = new RegExp(`(${ODD})|${UNSEEN}`, 'gi');
const RUN = new RegExp(String.raw`(?:${ODD}|${UNSEEN})(?:[ \t]|${ODD}|${UNSEEN})*`, 'gi');
const LAST = new RegExp(String.raw`(?:${ODD}|${UNSEEN}|[ \t])$`, 'i');
const LONGEST_ENTITY = 16;
/** Longer runs are not put together from pieces. */
const MAX_HELD = 4000;

/** What the text right behind such a space shows, in a text that is not JSON. */
const BEGINS_TOKEN = /["'`“”‘’{}[\]()<|]|https:|[\w.-]{1,40}["']?[ \t]?[=:]|$/y;
const ENDS_TOKEN = /[{}[\](,:;=|>"'`“”‘’]$/;

/**
 * Whether it stands between tokens. In JSON only quotes say so for certain, or the start or end of a line: within a string there are
 * neither.
 *
 * @param before the last signs before it that are not blank
 */
function isBetween(before: string, text: string, after: number, isJson: boolean): boolean {
  const next = text.charAt(after);
  const isFirst = /(?:^|[\r\n])$/.test(before);
  // The console of Firefox puts nothing else on every second line.
  if (isFirst && /^[\r\n]?$/.test(next) && text.charAt(after - 1) === '\u200b') return false;
  if (isFirst || /^[\r\n]?$/.test(next)) return true;
  if (isJson)
    return (
      (next === '"' && /[{[,:]$/.test(before)) ||
      (/[,:}\]]/.test(next) && before.endsWith('"')) ||
      (/[{[\dtfn-]/.test(next) && before === '":')
    );
  BEGINS_TOKEN.lastIndex = after;
  return ENDS_TOKEN.test(before) || BEGINS_TOKEN.test(text);
}

/** Between letters of other scripts and parts of emoji, they have a meaning. */
const isNeeded = (before: string, next: string): boolean => before > '\u007f' && next > '\u007f';

/** Blanks at the end of a line are nothing. */
function plainRun(run: string, before: string, next: string): string {
  if (next === '\r' || next === '\n') return '';
  const isKept = isNeeded(before, next) && !/[ \t]/.test(run);
  return run.replaceAll(EACH, (sign, space: string | undefined) =>
    space === undefined ? (isKept ? sign : '') : ' ',
  );
}

/** The last two characters that are not blank; at the start of the text, those that came before. */
function lastSigns(text: string, end: number, earlier: string): string {
  let found = '';
  for (let at = end - 1; at >= 0 && found.length < 2; at -= 1) {
    const sign = text.charAt(at);
    if (sign !== ' ' && sign !== '\t') found = sign + found;
  }
  return (earlier + found).slice(-2);
}

/** Whether there are odd spaces or signs that nobody sees anywhere in a text. */
export const hasOddSpaces = (text: string): boolean => ANY.test(text);

/** Whether copying has left odd spaces or signs between the tokens of a text. @param isAll whether `start` is the whole text */
function isSpacedOddly(start: string, isAll: boolean): boolean {
  for (const { 0: run, index } of start.matchAll(RUN)) {
    const after = index + run.length;
    if (after === start.length && !isAll) return false;
    if (run.includes('&') || isBetween(lastSigns(start, index, ''), start, after, false)) return true;
  }
  return false;
}

/**
 * Puts plain spaces in the place of those that copying has put between the tokens of a text, and takes away what cannot be seen: readers
 * tell by blanks where names, values and people begin. A text in which they only stand within values stays as it is.
 *
 * @param start of the text
 * @param isAll whether that is the whole text
 */
export function withPlainSpaces(
  reader: SubscriptionTextReader,
  start: string,
  isAll: boolean,
  isJson: boolean,
): SubscriptionTextReader {
  let isDamaged = !isJson && isSpacedOddly(start, isAll);
  let held = '';
  let before = '';
  const plain = (text: string): string => {
    const first = before;
    before = lastSigns(text, text.length, before);
    if (!ANY.test(text)) return text;
    return text.replaceAll(RUN, (run, at: number) => {
      const left = lastSigns(text, at, first);
      const after = at + run.length;
      isDamaged ||= isBetween(left, text, after, isJson);
      if (!isDamaged) return run;
      return plainRun(run, at === 0 ? first.slice(-1) : text.charAt(at - 1), text.charAt(after));
    });
  };
  return {
    push(piece) {
      const text = held + piece;
      const end = wholeUpTo(text);
      held = text.slice(end);
      return end === 0 ? [] : reader.push(plain(text.slice(0, end)));
    },
    end: () => [...reader.push(plain(held)), ...reader.end()],
  };
}

/** Up to where it is known what the text has: behind an odd space more of them may follow, and half an entity is not known yet. */
function wholeUpTo(text: string): number {
  let end = text.length;
  const entity = text.lastIndexOf('&');
  if (entity !== -1 && end - entity < LONGEST_ENTITY && !text.includes(';', entity)) end = entity;
  const isOdd = end < text.length || ANY.test(text.slice(-LONGEST_ENTITY));
  if (!isOdd) return end;
  for (;;) {
    const sign = LAST.exec(text.slice(Math.max(0, end - LONGEST_ENTITY), end))?.[0];
    if (sign === undefined) break;
    end -= sign.length;
  }
  return text.length - end > MAX_HELD ? text.length : end;
}
