import type { Problem } from '../../contract/problem.ts';
import { plainText, withoutOuterQuotes } from '../text/plain-text.ts';
import { unreachableHost, type UnreachableHost } from './unreachable-host.ts';

export type SubjectCheck =
  | { kind: 'ok'; subject: string }
  | { kind: 'warning'; subject: string; problem: Problem }
  | { kind: 'refused'; problem: Problem };

const EXAMPLE = 'Write it like mailto:you@example.com or https://example.com/contact.';
const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i;
const LOCAL_PART = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+$/;
/** Many times what any contact needs; a variable may hold anything. */
const LONGEST = 4000;
const ADDRESS = /[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/g;
const PRINTABLE = /^[\x20-\x7e]*$/;

/**
 * Judges the contact that a token names (`sub`, RFC 8292 §2.1): `mailto:` with one address, or an `https:` URL. What can only mean one
 * thing is corrected: quotes around it, `mailto:` twice, `mailto://`, a domain in letters of its language. What is malformed is refused;
 * what only Apple refuses (a host that nobody can reach, spaces, brackets) is accepted with a warning.
 *
 * @returns `subject`: in the form to be used
 */
export function checkSubject(text: string): SubjectCheck {
  const tidy = tidyContact(text);
  if (tidy === '') return refused('subject-empty', 'The contact is empty.', EXAMPLE);
  const ascii = withAsciiDomain(tidy);
  if (!PRINTABLE.test(ascii)) {
    return refused(
      'subject-characters',
      'The contact has characters that are not allowed: only plain ASCII is.',
      'Write the address without accents. For a domain with accents, use its form that starts with xn--.',
    );
  }
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(ascii)?.[1]?.toLowerCase();
  if (scheme === 'mailto') return checkMail(ascii.slice('mailto:'.length));
  if (scheme === 'https') return checkUrl(`https:${ascii.slice('https:'.length)}`);
  if (scheme === 'http') {
    return refused(
      'subject-scheme',
      'The contact is an http: address.',
      'Write it with https:, or use mailto:.',
    );
  }
  const address = onlyAddressIn(ascii);
  const cure = address === null ? EXAMPLE : `Write mailto:${address} instead.`;
  return refused('subject-scheme', 'The contact starts with neither mailto: nor https:.', cure);
}

/**
 * What is wrong with a contact that tokens are signed with unchanged: whatever `checkSubject` would correct is wrong here.
 *
 * @returns `null` if Apple accepts it
 */
export function contactProblem(subject: string): Problem | null {
  const checked = checkSubject(subject);
  if (checked.kind !== 'ok') return checked.problem;
  return checked.subject === subject
    ? null
    : {
        code: 'subject-written-wrong',
        cause:
          'The contact is not written as push services expect. Apple refuses messages signed with it (BadJwtToken).',
        cure: `Write ${checked.subject} instead.`,
        field: 'subject',
      };
}

/** Removes what copying and settings leave around a contact, and schemes that were written twice. */
export function tidyContact(text: string): string {
  return withoutSurroundings(plainText(text.slice(0, LONGEST)).text)
    .replace(/^(?:mailto:\/*[ \t]*)+(?=mailto:)/i, '')
    .replace(/^mailto:\/+/i, 'mailto:')
    .replace(/^(?:https?:\/\/)+(?=https?:\/\/)/i, '');
}

/** Whatever order they stand in: `"<mailto:you@example.com>",` as well as `<"mailto:you@example.com">`. */
function withoutSurroundings(text: string): string {
  let inner = text;
  for (let before = ''; inner !== before;) {
    before = inner;
    inner = withoutOuterQuotes(inner.replace(/(?<![\s,;])[\s,;]+$/, '')).replace(/^<(.*)>$/, '$1');
  }
  return inner;
}

/** The one email address that a text names, however often; `null`: none, or several. */
function onlyAddressIn(text: string): string | null {
  const found = new Set(text.match(ADDRESS));
  const [address = null] = found;
  return found.size === 1 && address !== null && checkMail(address).kind === 'ok' ? address : null;
}

/** A domain in the letters of its language is converted to its ASCII form, which means the same (RFC 5891). */
function withAsciiDomain(contact: string): string {
  if (PRINTABLE.test(contact)) return contact;
  const found = /^(mailto:[^@]*@|https:\/\/)([^\s/?#:@<>]+)(.*)/is.exec(contact);
  const [, before = '', domain = '', after = ''] = found ?? [];
  const url = `https://${domain}`;
  return found !== null && URL.canParse(url) ? before + new URL(url).hostname + after : contact;
}

function checkMail(rest: string): SubjectCheck {
  const subject = `mailto:${rest}`;
  const bare = rest.replace(/\?.*$/, '');
  if (/@[^,;\n]*[,;].*@/.test(bare)) {
    return refused(
      'subject-several',
      'The contact names several addresses, but a token can name only one.',
      EXAMPLE,
    );
  }
  const bracketed = /<([^<>]*)>/.exec(bare)?.[1] ?? bare;
  const address = bracketed.replaceAll(/[\s<>()[\]]/g, '');
  const at = address.lastIndexOf('@');
  const name = address.slice(0, at);
  const domain = address.slice(at + 1);
  const literal = /@(\[(?:IPv6:)?[\da-f:.]+\])$/i.exec(bare)?.[1];
  const isLiteral = literal !== undefined;
  if (at < 0 || !LOCAL_PART.test(name) || !(isLiteral || isDomain(domain))) {
    return refused('subject-address', 'There is no complete email address after mailto:.', EXAMPLE);
  }
  const unreachable = unreachableHost(literal ?? domain);
  if (isLiteral && unreachable !== null) return localHost(subject, domain, unreachable);
  if (address !== bare || /[\s<>()[\]]/.test(rest))
    return oddCharacters(subject, bare.includes(address) ? `mailto:${address}` : null);
  return unreachable === null ? { kind: 'ok', subject } : localHost(subject, domain, unreachable);
}

function checkUrl(text: string): SubjectCheck {
  if (!/^https:\/\/[^/\\]/.test(text) || !URL.canParse(text) || !isHost(new URL(text).hostname)) {
    return refused('subject-url', 'The contact is not a complete https: address.', EXAMPLE);
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    return refused(
      'subject-url',
      'The contact contains a user name or password, and every push service would read it.',
      'Remove the user name and password from the address.',
    );
  }
  const unreachable = unreachableHost(url.hostname);
  if (unreachable === 'address') return localHost(text, url.hostname, unreachable);
  if (/[\s<>()[\]]/.test(text)) return oddCharacters(text, null);
  return unreachable === null ? { kind: 'ok', subject: text } : localHost(text, url.hostname, unreachable);
}

/** A name, which may have underscores here, or an address. */
const isHost = (host: string): boolean =>
  host.startsWith('[') ||
  host
    .replace(/\.$/, '')
    .split('.')
    .every((label) => label.length <= 63 && /^\w(?:[\w-]*\w)?$/.test(label));

function isDomain(domain: string): boolean {
  return domain.length <= 253 && domain.split('.').every((label) => label.length <= 63 && LABEL.test(label));
}

function refused(code: string, cause: string, cure: string): SubjectCheck {
  return { kind: 'refused', problem: { code, cause, cure, field: 'subject' } };
}

const WHY: Readonly<Record<UnreachableHost, string>> = {
  reserved: 'which nobody outside your network can reach',
  address: 'which is an IP address',
  single: 'which nobody outside your network can reach',
  unknown: 'which is not a domain of the internet',
};

/** Apple is known to refuse some of them; it is likely to refuse the others. */
function localHost(subject: string, host: string, why: UnreachableHost): SubjectCheck {
  const isMail = subject.startsWith('mailto:');
  const refuses = isMail && /(?:^|\.)(?:localhost|local|invalid)$/i.test(host) ? 'refuses' : 'may refuse';
  const cause = `The contact address ends in ${isMail ? '@' : ''}${host}, ${WHY[why]}. Apple ${refuses} messages signed with it (BadJwtToken).`;
  const cure = 'Use an address on a real domain, such as mailto:you@example.com.';
  return { kind: 'warning', subject, problem: { code: 'subject-local-host', cause, cure, field: 'subject' } };
}

function oddCharacters(subject: string, better: string | null): SubjectCheck {
  const cause = 'The contact has spaces or brackets. Apple refuses messages signed with it (BadJwtToken).';
  const cure =
    better === null ? 'Write the address without spaces and brackets.' : `Write ${better} instead.`;
  return { kind: 'warning', subject, problem: { code: 'subject-characters', cause, cure, field: 'subject' } };
}
