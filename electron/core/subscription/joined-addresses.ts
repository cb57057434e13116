import type { LineFilter } from './line-filters.ts';
import { isKnownEndpoint } from './record/known-endpoint.ts';
import { isRest, looksRandom } from './wrapped-values.ts';

/** What an address may consist of, up to the end of its line. */
const ADDRESS = String.raw`https:\/\/[^\s"'\x60<>(){}|\\^,;&]*(?:&(?!\w{2,15};|#)[^\s"'\x60<>(){}|\\^,;&]*)*`;
const MORE = String.raw`[\w%~.:/?=&+-]+`;
/** `\r\n` in one way only: taken for two ends as well, each line of a long text would double the ways to read it. */
const END = String.raw`(?:\r\n|\r(?!\n)|\n)`;
/** What `\` and `^` put at the end of a line that goes on, and what quoted mail puts at the start of the next one. */
const BREAK = String.raw`[\\^]{0,2}${END}(?:\\\n|[ \t]*${END}){0,2}[ \t]*(?:>[ \t]?)*`;
/** No address is broken over more lines. */
const MOST = 40;

/** Up to its closing quote, an address goes on, however often it is broken. */
const QUOTED = new RegExp(
  String.raw`(["'\x60])(${ADDRESS})((?:${BREAK}${MORE}){1,${MOST}})(?=(?:${BREAK})?\1)`,
  'g',
);
const EACH_MORE = new RegExp(`${BREAK}(${MORE})`, 'g');
/** Two strings in code, with an operator between them or on two lines. */
const ADDED = new RegExp(
  String.raw`(["'\x60])(${ADDRESS})\1(?:[ \t]*(?:[+.&][ \t]*(?:${END}[ \t]*)?|\\?${END}[ \t]*(?:[+.&][ \t]*)?))\1(${MORE})(?=\1)`,
  'g',
);
const MARKED = new RegExp(
  String.raw`(${ADDRESS})([\\^]{0,2})${END}(?:\\\n)?([ \t]*)(?:>[ \t]?)*(${MORE})(?=([\\^]{0,2}[\r\n]|["'\x60<]|$)|[ \t])`,
  'g',
);
/** Where a long word may be broken, as pages write it. */
const MAY_BREAK = new RegExp(
  String.raw`(${ADDRESS})(?:<wbr\s?\/?>|&(?:shy|zwnj|ZeroWidthSpace|#173|#8203|#x0*ad|#x0*200b);)(?=${MORE})`,
  'gi',
);
const UNFINISHED = new RegExp(
  String.raw`["'\x60]?${ADDRESS}["'\x60]?[ \t]*[+.&]?(?:${BREAK}${MORE}){0,${MOST}}[\\^]{0,2}${END}(?:\\?[ \t]*${END}){0,2}$`,
);
/** The value that begins here has not been broken, but is to come. */
const OF_QUERY = /[?&]\w+=$/;
const MIN_ENDPOINT = 40;
/** No address and its rest are longer. */
const MAX_UNFINISHED = 6000;

/** Their addresses never end with an equals sign: those of the others may, as what they consist of is padded. */
const NEVER_PADDED = /^https:\/\/(?:(?:fcm|android|gcm-http)\.googleapis|[\w.-]{1,60}\.push\.apple)\.com\//i;
/** What programs give to tell people and things apart, and times. */
export const OF_PROGRAMS = /^(?:[\da-f-]{10,}|\d{4}-\d\d-\d\d.*)$/i;

/**
 * Whether its last `=` is certainly that of quoted-printable: it stands in the host, or where no address of its service has one.
 *
 * @param isEnclosed whether quotes or tags around both say that the address goes on
 */
export const isCutByEquals = (address: string, rest: string, isEnclosed = false): boolean =>
  address.endsWith('=') &&
  (rest.startsWith('=') || !OF_QUERY.test(address)) &&
  ((isEnclosed ? isKnownEndpoint(address) : NEVER_PADDED.test(address)) ||
    !/^https:\/\/[^/=]+\//.test(address));

/** An address and its rest, without the `=` that quoted-printable puts at the end of a line that goes on. */
export const joined = (address: string, rest: string): string =>
  (isCutByEquals(address, rest, true) ? address.slice(0, -1) : address) + rest;

/** Whether it may be an endpoint: anything else is left on its lines, which others count. */
const isLikely = (address: string): boolean => isKnownEndpoint(address) || address.length >= MIN_ENDPOINT;

function joinQuoted(whole: string, quote: string, start: string, more: string): string {
  let address = start;
  for (const [, rest = ''] of more.matchAll(EACH_MORE)) {
    // Another value between the same quotes.
    if (!isRest(rest, address)) return whole;
    address = joined(address, rest);
  }
  return isLikely(address) ? quote + address : whole;
}

const joinAdded = (whole: string, quote: string, start: string, rest: string): string =>
  isRest(rest, start) && isLikely(start + rest) ? quote + start + rest : whole;

function joinMarked(
  whole: string,
  start: string,
  mark: string,
  indent: string,
  rest: string,
  end: string | undefined,
  at: number,
  text: string,
): string {
  const isElement = end === '<' && text.charAt(at - 1) === '>';
  if (mark === '' && !whole.includes('\\\n')) {
    const isRestAlone = end !== undefined && (isElement || !OF_PROGRAMS.test(rest));
    if (!isRestAlone || !isCutByEquals(start, rest, isElement)) return whole;
  }
  // In a command, blanks begin the next word.
  const isCertain = isRest(rest, start) && looksRandom(rest) && (end !== undefined || indent === '');
  return isCertain ? joined(start, rest) : whole;
}

/** Joins addresses that are certainly broken: between quotes, between added strings, or with a mark where they are. */
export function joinAddresses(text: string): string {
  let done = text.replaceAll(QUOTED, joinQuoted);
  for (let before = '', count = 0; done !== before && count < MOST; count += 1) {
    before = done;
    done = done.replaceAll(MAY_BREAK, '$1').replaceAll(ADDED, joinAdded).replaceAll(MARKED, joinMarked);
  }
  return done;
}

export const BROKEN_ADDRESSES: LineFilter = {
  isIt: (start) => joinAddresses(start) !== start,
  make: () => joinAddresses,
  unfinishedFrom(lines) {
    const from = Math.max(0, lines.length - MAX_UNFINISHED);
    const found = UNFINISHED.exec(lines.slice(from));
    return found === null ? lines.length : from + found.index;
  },
};
