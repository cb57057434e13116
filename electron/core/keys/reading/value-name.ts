/** What a text calls a value. It only breaks ties; the bytes decide what a value is. */
export type ValueName = 'private' | 'public' | 'subscription' | 'x' | 'y' | 'other' | 'none';

const REACH = 160;
const WORDS =
  /(?<private>(?:priv|prv)(?!\w{0,20}[_-]id\b)|\bd(?=["']?\s*[:=])|vapid[_ -]?secret|prywatn|soukrom|privát|geheime[rn]? schl|приват|закрыт|секретн\p{L}* ключ|秘密鍵|私钥|私鑰|개인 ?키|secret[_ -]?multiplier)|(?<public>pub|öffentlich|oeffentlich|openbar|veřejn|nyilvános|открыт|публич|відкрит|公開鍵|公钥|公鑰|공개 ?키|application[_ -]?server[_ -]?key|app[_ -]?server[_ -]?key)|(?<subscription>p256dh|\bauth\b|auth[_ -]?(?:key|secret|token)|endpoint)/giu;
const COORDINATE = /(?:^|[^A-Za-z0-9])q?(x|y)["']?\s*(?::|=>?)\s*["'(+]*$/i;
/** PuTTY's checksum of a private key, `Private-MAC:`. */
const CHECKSUM = /-MAC:\s*$/i;
/** Other secrets and checksums found in the same files. */
const OTHERS =
  /(?:secret|app[_-]?key|session|sessid|(?<![a-z])sid\b|jwt|token|salt|hash|sha-?\d|digest|check_?sum|password|passwd|encrypt|cookie|csrf|signature|nonce|api[_-]?key|hmac|\biv\b|kid|commit|integrity|fingerprint)[\w.:-]{0,40}["'\])]{0,3}\s*(?:(?:=>|[:=-])\s*)?(?:base64:)?["'(]*$/i;

/** Names of keys that are not for web push, and often on other curves. */
const OTHER_SYSTEMS =
  /(?:^|[^a-z])(?:(?:ed|x|curve)25519|ed448|secp256k1|wireguard|wg|eth(?:ereum)?|evm|btc|bitcoin|solana|wallet|metamask|deployer|nostr|tailscale|noise|libp2p|minisign|sodium|dkim|jwt|saml|ssh|rsa|pgp|gpg)(?=[_\-. :]|priv|pub|key)/i;
/** What follows a word in its own name. */
const REST_OF_NAME = /^[\w-]{0,60}(?:(?:[ \t][^\s:=]{1,30}){1,6}(?=[ \t]?[:=]))?["'`\])]{0,3}/;
/** A stand-in may repeat the name: `PRIVATE_KEY=your-private-key`. */
const IN_OWN_VALUE = /(?:priv|pub)[\w-]{0,60}["'`\])]{0,3}\s{0,9}(?:=>|[:=])[^,;}\r\n]{0,80}$/i;
const END_OF_NAME = /[\r\n:=,;{}&"'`]/;
const START_OF_NAME = /[\w.-]*$/;
/** `WireGuard private key`: a name in words may begin with one more. */
const WORD_BEFORE = /(?:[\w-]+[ \t]+)?[\w.-]*$/;
const PLAIN_WORD = /^(?:priv|pub)(?:ate|lic)?(?![\w-])/i;
/** `private key`, not `private repository`. */
const KEY_NEXT = /^(?:ate|lic)?[ _-]?key/i;
const CLOSING_TAG = /<\/[\w:.-]{0,60}$/;
const SEPARATOR = /^\s{0,9}(?:=>|[:=])/;
/** A name directly before a value. */
const LAST_NAME =
  /(?:^|[^\w.-])[\w.-]{1,60}["'`\])]{0,3}[ \t]{0,9}(?:=>|[:=])[ \t]{0,9}(?:base64:|0x)?["'`(]{0,3}$/;
/** What tells that another name begins, not another word of the same one. */
const BETWEEN_NAMES = /[\r\n=,;{}&@]|:\s/;
/** A name with one word or a stand-in for its value, and the end of that line. */
const ENDED_LINE =
  /^\s{0,9}(?:=>|[:=])[ \t]{0,9}(?:""|''|\$?[{<][^{}<>\r\n]{1,80}[}>]|["'`]?[^\s"'`|>(){}[\]]{1,80}["'`]?)[,;]?[ \t]{0,9}\r?\n/;
const ENDED_VALUE = /^[\w.}>"'`\])-]{0,80}[,;]?[ \t]{0,9}\r?\n/;
const NESTED_IN_YAML = /^:[ \t]{0,9}(?:#[^\n]{0,80})?\r?\n(?<indent>[ \t]+)\S[^\n]*$/;

/**
 * The name before a value: the last word before it that names a half, unless that one has a value or a line of its own.
 *
 * @param start where the value begins
 */
export function nameBefore(text: string, start: number): ValueName {
  const before = text.slice(Math.max(0, start - REACH), start);
  const coordinate = COORDINATE.exec(before)?.[1];
  if (coordinate !== undefined) return coordinate.toLowerCase() === 'x' ? 'x' : 'y';
  if (CHECKSUM.test(before)) return 'other';
  // Values in between could be mistaken for names by their letters.
  const words = before.slice(endOfLastValue(before));
  const last = [...words.matchAll(WORDS)].at(-1);
  if (last?.groups?.['subscription'] !== undefined) return 'subscription';
  if (last === undefined || isEnded(words, last)) return OTHERS.test(words) ? 'other' : 'none';
  if (isOfOtherSystem(words, last)) return 'other';
  return last.groups?.['private'] === undefined ? 'public' : 'private';
}

/** Whether a name does not belong to the value at the end: another one stands between, or it has a value of its own. */
function isEnded(words: string, { index, 0: word }: RegExpExecArray): boolean {
  const rest = words.slice(index + word.length).replace(REST_OF_NAME, '');
  const own = LAST_NAME.exec(rest);
  const hasOther = own !== null && BETWEEN_NAMES.test(rest.slice(0, own.index + 1));
  if (OTHERS.test(rest) && (hasOther || !KEY_NEXT.test(words.slice(index + word.length)))) return true;
  const line = words.slice(words.lastIndexOf('\n', index) + 1, index);
  if (CLOSING_TAG.test(line)) return true;
  const isInOwnValue = IN_OWN_VALUE.test(line);
  if (!isInOwnValue && !SEPARATOR.test(rest)) return false;
  if (hasOther) return !isNested(rest, line);
  return isInOwnValue ? ENDED_VALUE.test(rest) : ENDED_LINE.test(rest);
}

/** Whether a name says what else it is for. Other words of its line do not: they may name other values, or tell of this one. */
function isOfOtherSystem(words: string, { index }: RegExpExecArray): boolean {
  const rest = words.slice(index).split(END_OF_NAME)[0] ?? '';
  const before = words.slice(words.lastIndexOf('\n', index) + 1, index);
  const start = (PLAIN_WORD.test(rest) ? WORD_BEFORE : START_OF_NAME).exec(before)?.[0] ?? '';
  return OTHER_SYSTEMS.test(start + rest) && !/vapid|push/i.test(before + rest);
}

/** Whether a value and its name are within what another name stands for. */
function isNested(rest: string, lineBefore: string): boolean {
  const opened = rest.match(/[{[(]/g)?.length ?? 0;
  const closed = rest.match(/[}\])]/g)?.length ?? 0;
  const indent = NESTED_IN_YAML.exec(rest)?.groups?.['indent']?.length ?? 0;
  return (
    (opened > closed && /^[^\r\n]*[{[(]/.test(rest)) || indent > (/^[ \t]*/.exec(lineBefore)?.[0].length ?? 0)
  );
}

function endOfLastValue(text: string): number {
  let end = 0;
  for (const found of text.matchAll(/[A-Za-z0-9+/_-]{40,}={0,2}/g)) {
    // A long name is not a value.
    if (!/^(?:[A-Z_-]+|[a-z_-]+)=?$/.test(found[0])) end = found.index + found[0].length;
  }
  return end;
}
