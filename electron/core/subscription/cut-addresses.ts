import { isCutByEquals, joined, OF_PROGRAMS } from './joined-addresses.ts';
import { isStartAlone } from './spoiled.ts';
import { isNoWord, looksRandom, mayBeRest } from './wrapped-values.ts';

/** An address that a line ends with. */
export interface Cut {
  readonly address: string;
  readonly isQuoted: boolean;
  /** Whether something says that the line goes on. */
  readonly isMarked: boolean;
  /** Whether it has a paragraph of its own, as every line of a double-spaced text has. */
  readonly isApart: boolean;
  /** Whether there is a blank line below it. */
  readonly isAboveBlank: boolean;
  /** The length of the line that it ends, and of the longest one that it was broken at; 0: it is the first one. */
  readonly length: number;
  readonly width: number;
}

/** What says at the end of a line that it goes on; nothing does as well. */
const MARK = /^(?:[\\^]{0,2}|[ \t]+\\)$/;
const OPENING = '"\'`“„«‘';
const CLOSING = /^["'`”“»’]/;
/** What quoted mail, comments and drawn tables put before what is in their lines. */
const BEFORE = /^[ \t]*(?:(?:[>|#*+•│]|\/\/)[ \t]*)*/;
const NEXT = new RegExp(String.raw`${BEFORE.source}([\w%~.:/?=&+-]+)(.*)`, 's');
/** The rest may go on in the line after it. */
const ENDS = /^[ \t]*[\\^]{0,2}$/;
const CLOSES = /^(?:["'`”“»’)\]}>;,.]*|[ \t]*\\|<.*)$/s;
const NO_PATH = /^https:\/\/[^/?]*$/;
const ADDRESS = /https:[^\s"'`<>(){}|\\^,;]*(?:\\\/[^\s"'`<>(){}|\\^,;]*)*/y;
/** The blank in an address that is all there is between quotes, in a cell or behind a name, and what is behind it. */
const BEHIND_BLANK = / +([\w%~.:/?=&+-]+)(?:(["'`”“»>])|\s*(?:$|[,;|\t]))/y;
const ALONE = /(?:^\W{0,6}(?:[\w.$:-]{1,40}["'\]]{0,2}\s*(?:=>|[:=|])\s*)?|[,;|\t]\s*)$/;
const MIN_RANDOM = 4;
/** A rest behind a blank line is less certain. */
const MIN_BEHIND_BLANK = 10;
/** No word is that long, whatever is behind it. */
const MIN_LONG = 44;

/** Whether an address may be broken where it ends: at the end of the line, or at a blank. @param at where the address begins */
export function mayBeCutAt(text: string, at: number): boolean {
  const end = endOfAddress(text, at);
  return /[\s\\^]/.test(text.charAt(end)) || end === text.length || /^<br/i.test(text.slice(end, end + 3));
}

function endOfAddress(text: string, at: number): number {
  ADDRESS.lastIndex = at;
  return at + (ADDRESS.exec(text)?.[0].length ?? 0);
}

/**
 * The address that a line ends with; `null`: there is none, or it is certainly whole.
 *
 * @param isApart whether the line above is blank
 */
export function cutAt(line: string, isApart: boolean): Cut | null {
  const text = line.trimEnd();
  const at = text.lastIndexOf('https:');
  if (at === -1) return null;
  const end = endOfAddress(text, at);
  const mark = text.slice(end);
  if (!MARK.test(mark)) return null;
  const before = text.charAt(at - 1);
  const isQuoted = before !== '' && OPENING.includes(before);
  // In a command, a blank before the mark ends the word.
  if (mark.trim() !== mark && !isQuoted) return null;
  const address = text.slice(at, end).replaceAll('\\/', '/');
  const isMarked = /^\S/.test(mark) || isCutByEquals(address, '');
  return {
    address,
    isQuoted,
    isMarked,
    isApart: isApart || isQuoted,
    isAboveBlank: false,
    length: text.length,
    width: 0,
  };
}

/** What is below an address that a line ends with. */
export interface Rest {
  readonly rest: string;
  /** Whether the line above had no room for it: then it is no secret that only follows the address. */
  readonly isWrapped: boolean;
  /** The address with that rest, if more of it may be below. */
  readonly cut: Cut | null;
}

/**
 * The rest of an address in the line below it.
 *
 * @returns `null`: the line is something else
 */
export function restOf(above: Cut, line: string): Rest | null {
  const { address, isQuoted, isMarked, isAboveBlank } = above;
  const [, rest = '', after = ''] = NEXT.exec(line.trimEnd()) ?? [];
  if (rest === '') return null;
  const isAlone = ENDS.test(after);
  const isRandom = rest.length >= (isAboveBlank ? MIN_BEHIND_BLANK : MIN_RANDOM) && looksRandom(rest);
  const isWrapped = hasNoRoom(above, rest) || (isMarked && !isAboveBlank && /^[ \t,;|]/.test(after));
  const isCertain =
    isWrapped ||
    (isQuoted && (isAlone || CLOSING.test(after))) ||
    (isMarked && (CLOSES.test(after) || isAlone)) ||
    ((NO_PATH.test(address) || isStartAlone(address)) && (isRandom || isAlone)) ||
    (isRandom && (CLOSES.test(after) || rest.length >= MIN_LONG)) ||
    (isAlone && !isAboveBlank && isNoWord(rest));
  const isOther = !isQuoted && !isMarked && OF_PROGRAMS.test(rest);
  if (!isCertain || isOther || !mayBeRest(rest, address)) return null;
  const whole = {
    ...above,
    address: joined(address, rest),
    isAboveBlank: false,
    length: line.trimEnd().length,
    width: Math.max(above.width, above.length),
  };
  return { rest, isWrapped, cut: isAlone ? { ...whole, isMarked: /[\\^]$/.test(line.trimEnd()) } : null };
}

/** Of an address that was broken before, what had no room in the line above is a rest as well, whatever it looks like. */
const hasNoRoom = ({ isAboveBlank, length, width }: Cut, rest: string): boolean =>
  !isAboveBlank && width > 0 && length + rest.length > width && /\w/.test(rest);

/** Whether a line is empty, but for what quoted mail puts before it. */
export const isBlank = (line: string): boolean => line.replace(BEFORE, '').trim() === '';

/** What is left of a broken address below a line that is empty but for a mark; `null`: that line is something else. */
export function belowEmpty(above: Cut, line: string): Cut | null {
  const text = line.replace(BEFORE, '').trim();
  if (above.isAboveBlank || !/^\\{0,2}$/.test(text)) return null;
  if (text === '') return above.isApart ? { ...above, isAboveBlank: true } : null;
  return { ...above, isMarked: true };
}

/** An address in which there is a blank now, and what is behind that. @param at where the address begins */
export function withBlank(line: string, at: number): { address: string; rest: string } | null {
  const end = endOfAddress(line, at);
  BEHIND_BLANK.lastIndex = end;
  const [, rest, closing] = BEHIND_BLANK.exec(line) ?? [];
  const address = line.slice(at, end);
  if (rest === undefined || !mayBeRest(rest, address)) return null;
  const before = line.charAt(at - 1);
  const isCertain =
    closing === undefined
      ? ALONE.test(line.slice(0, at)) && looksRandom(rest)
      : before !== '' && (before === closing || '“„«<'.includes(before));
  return isCertain ? { address, rest } : null;
}
