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
  /(?:secret|app[_-]?key|session|jwt|token|salt|hash|sha-?\d|digest|check_?sum|password|passwd|encrypt|cookie|csrf|signature|nonce|api[_-]?key|hmac|\biv\b|kid|commit|integrity|fingerprint)[\w.:-]{0,40}["'\])]{0,3}\s*(?:=>|[:=-])?\s*(?:base64:)?["'(]*$/i;

/**
 * The name before a value: the last word before it that names a half.
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
  let name: ValueName = 'none';
  for (const { groups } of words.matchAll(WORDS)) {
    if (groups?.['private'] !== undefined) name = 'private';
    else if (groups?.['public'] !== undefined) name = 'public';
    else name = 'subscription';
  }
  return name === 'none' && OTHERS.test(words) ? 'other' : name;
}

function endOfLastValue(text: string): number {
  let end = 0;
  for (const found of text.matchAll(/[A-Za-z0-9+/_-]{40,}={0,2}/g)) {
    // A long name is not a value.
    if (!/^(?:[A-Z_-]+|[a-z_-]+)=?$/.test(found[0])) end = found.index + found[0].length;
  }
  return end;
}
