import { isRandomRun } from './random-run.ts';

const VALUE =
  /(?:priv|prv)[\w-]{0,40}["'\])]{0,3}\s{0,9}(?:=>|[:=])\s{0,9}["'(]?(?<value>[^\s"',;)]{1,80})/gi;
const STAND_IN =
  /^(?:[$%<{[].*|\*{3,}|undefined|null|none|nil|n\/a|x{3}.*|\.{3}|…|your?[-_ ].*|.*(?:your|change|replace|insert|paste|todo|example|placeholder|here).*|process\.env.*|os\.(?:environ|getenv).*|env\(?.*|getenv.*|import\.meta.*|config\(?.*)$/i;

/** Runs that are as long as a half. */
const LONG_RUN = /[A-Za-z0-9+/_-]{40,}={0,2}/g;

/** What the pattern finds, but not where a value has the letters of the name by chance: padding may follow them. */
function foundIn(text: string, pattern: RegExp): RegExpExecArray[] {
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return [];
  const values = [...text.matchAll(LONG_RUN)].filter(([run]) => isRandomRun(run.replace(/=+$/, '')));
  const isInValue = (at: number) =>
    values.some(({ index, 0: run }) => at >= index && at < index + run.length);
  return found.filter(({ index }) => !isInValue(index));
}

const valuesOf = (text: string): string[] =>
  foundIn(text, VALUE).map(({ groups }) => groups?.['value'] ?? '');

/** Whether the text in the place of a private half only says that one belongs there: `<your key>`, `${VAPID_PRIVATE_KEY}`. */
export const isPlaceholder = (text: string): boolean =>
  valuesOf(text).some((value) => !/^[A-Za-z0-9+/_-]{43}=?$/.test(value) && STAND_IN.test(value));

const SHORTENED = /^[A-Za-z0-9+/_-]{1,42}(?:\.{2,}|…|\*{2,}|•{2,})[A-Za-z0-9+/_=-]{0,12}$/;

/** Whether the text is only part of a private half, as programs show it: `AbCdEf…`, `AbCd****wxyz`. */
export const isShortened = (text: string): boolean => valuesOf(text).some((value) => SHORTENED.test(value));

const PATH =
  /^(?:file:\/\/)?(?:[A-Za-z]:)?(?:[.~]{0,2}[\\/][\w.\\/ -]{3,}|[\w.\\/-]{1,60}\.(?:pem|key|der|p8|pk8|txt))$/;

/** The file that is named in the place of a private half; `null`: none. */
export const pathOfPrivate = (text: string): string | null =>
  valuesOf(text).find((value) => PATH.test(value) && !/^[A-Za-z0-9+/_-]{30,}=?$/.test(value)) ?? null;

/** No value, and then the end, another name or what ends a member. */
const EMPTY =
  /(?:priv|prv)[\w-]{0,40}["'\])]{0,3}[ \t]{0,9}(?:=>|[:=])[ \t]{0,9}(?:""|''|``)?[ \t]{0,9}(?:#[^\n]{0,80})?(?:$|[,;}\]]|(?<=["'`] )(?=\w)|\r?\n(?=\s*(?:$|[#;]|[\w."'-]{1,39}[ \t]{0,9}[:=])))/gi;

const EMPTY_ELEMENT = /<[\w:.-]{0,40}priv[\w.-]{0,40}>\s{0,9}<\/|<[\w:.-]{0,40}priv[\w.-]{0,40}\s?\/>/i;

/** Whether a private half is named, and nothing stands in its place. */
export const isEmptyPrivate = (text: string): boolean =>
  foundIn(text, EMPTY).length > 0 || EMPTY_ELEMENT.test(text);

/** Whether a private half is named, and something else stands in its place: then no other value is meant by it. */
export const hasStandIn = (text: string): boolean =>
  isPlaceholder(text) || isShortened(text) || isEmptyPrivate(text) || pathOfPrivate(text) !== null;

/** What programs print for a key that they hold and do not show. */
const KEY_OBJECT =
  /\bCryptoKey(?:Pair)?\s?\{|\b(?:Private|Public|Secret)?KeyObject\b|<[\w.]{1,60}(?:Vapid|Key)\w{0,20} object at 0x|\[object (?:CryptoKey|Object)\]|\b(?:ECPrivateKey|ECPublicKey|BCECPrivateKey)\w{0,10}@[\da-f]{5,8}/i;

/** Whether a text only says that there is a key. */
export const isKeyObject = (text: string): boolean => KEY_OBJECT.test(text);
