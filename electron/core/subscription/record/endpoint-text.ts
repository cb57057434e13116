import { plainText, withoutOuterQuotes } from '../../text/plain-text.ts';

/** An endpoint with what terminals, mail and databases do to it undone. */
export function cleanEndpoint(value: unknown): string {
  if (typeof value !== 'string') return '';
  if (/^https:\/\/[!#-&(-;=?-[\]^-~]+$/.test(value) && !/&(?:amp|#)|\.\.\.|%%|=3D/.test(value)) return value;
  let text = withoutOuterQuotes(plainText(value).text)
    .replaceAll(/(?<![ \t])[ \t]*[\r\n][ \t\r\n]*/g, '')
    .replaceAll('\\/', '/')
    // Of quoted-printable: tokens of WNS begin with the letters behind it.
    .replace(/(?<=^https:\/\/[\w.-]{1,60}\.notify\.windows\.com\/[^?]{0,40}\?token=)3D(?=[AB][A-Z])/, '');
  if (/^https?%3a%2f%2f/i.test(text)) text = decodeOnce(text);
  // Batch files on Windows write every percent sign twice.
  if (/%%[\da-f]{2}/i.test(text) && !text.replaceAll('%%', '').includes('%'))
    text = text.replaceAll('%%', '%');
  // A link of Slack has its text behind a bar.
  const inBrackets = /^<([^|]*)(?:\|.*)?>$/.exec(text) ?? /^\[[^\]]*\]\((.*)\)$/.exec(text);
  return inBrackets?.[1] ?? text;
}

function decodeOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
