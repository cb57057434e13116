import type { Problem } from '../../contract/problem.ts';

export type SubjectCheck =
  | { kind: 'ok'; subject: string }
  | { kind: 'warning'; subject: string; problem: Problem }
  | { kind: 'refused'; problem: Problem };

const EXAMPLE = 'Write it like mailto:you@example.com or https://example.com/contact.';
const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i;
const LOCAL_PART = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+$/;
const PRINTABLE = /^[\x20-\x7e]*$/;

/**
 * Judges the contact that a token names (`sub`, RFC 8292 §2.1): `mailto:` with one address, or an `https:` URL.
 * What is malformed is refused; what only Apple refuses (a local host, spaces, brackets) is taken with a warning.
 *
 * @returns `subject`: as it is to be used: without spaces around it, the scheme in lower case
 */
export function checkSubject(text: string): SubjectCheck {
  const trimmed = text.trim();
  if (trimmed === '') return refused('subject-empty', 'The contact is empty.', EXAMPLE);
  if (!PRINTABLE.test(trimmed)) {
    return refused(
      'subject-characters',
      'The contact has characters that are not allowed: only plain ASCII is.',
      'Write the address without accents. For a domain with accents, use its form that starts with xn--.',
    );
  }
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(trimmed)?.[1]?.toLowerCase();
  if (scheme === 'mailto') return checkMail(trimmed.slice('mailto:'.length));
  if (scheme === 'https') return checkUrl(`https:${trimmed.slice('https:'.length)}`);
  if (scheme === 'http') {
    return refused(
      'subject-scheme',
      'The contact is an http: address.',
      'Write it with https:, or use mailto:.',
    );
  }
  const cure = trimmed.includes('@') && scheme === undefined ? `Write mailto:${trimmed} instead.` : EXAMPLE;
  return refused('subject-scheme', 'The contact starts with neither mailto: nor https:.', cure);
}

function checkMail(rest: string): SubjectCheck {
  const subject = `mailto:${rest}`;
  const bare = rest.replace(/\?.*$/, '');
  const bracketed = /<([^<>]*)>/.exec(bare)?.[1] ?? bare;
  const address = bracketed.replaceAll(/[\s<>()[\]]/g, '');
  const at = address.lastIndexOf('@');
  const name = address.slice(0, at);
  const domain = address.slice(at + 1);
  if (at < 0 || !LOCAL_PART.test(name) || !isDomain(domain)) {
    return refused('subject-address', 'There is no complete e-mail address after mailto:.', EXAMPLE);
  }
  if (address !== bare || /[\s<>()[\]]/.test(rest)) return oddCharacters(subject, `mailto:${address}`);
  return isLocal(domain) ? localHost(subject, domain) : { kind: 'ok', subject };
}

function checkUrl(text: string): SubjectCheck {
  if (!/^https:\/\/[^/\\]/.test(text) || !URL.canParse(text)) {
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
  if (/[\s<>()[\]]/.test(text)) return oddCharacters(text, null);
  return isLocal(url.hostname) ? localHost(text, url.hostname) : { kind: 'ok', subject: text };
}

function isDomain(domain: string): boolean {
  return domain.length <= 253 && domain.split('.').every((label) => label.length <= 63 && LABEL.test(label));
}

function isLocal(host: string): boolean {
  return !host.includes('.') || /(?:^|\.)localhost$/i.test(host) || /^127\.[\d.]+$/.test(host);
}

function refused(code: string, cause: string, cure: string): SubjectCheck {
  return { kind: 'refused', problem: { code, cause, cure, field: 'subject' } };
}

/** Only @localhost is known to be refused; other hosts that nobody can reach are likely to be. */
function localHost(subject: string, host: string): SubjectCheck {
  const isMail = subject.startsWith('mailto:');
  const refuses = isMail && /localhost$/i.test(host) ? 'refuses' : 'may refuse';
  const cause = `The contact address ends in ${isMail ? '@' : ''}${host}, which nobody outside your network can reach. Apple ${refuses} messages signed with it (BadJwtToken).`;
  const cure = 'Use an address on a real domain, such as mailto:you@example.com.';
  return { kind: 'warning', subject, problem: { code: 'subject-local-host', cause, cure, field: 'subject' } };
}

function oddCharacters(subject: string, better: string | null): SubjectCheck {
  const cause = 'The contact has spaces or brackets. Apple refuses messages signed with it (BadJwtToken).';
  const cure =
    better === null ? 'Write the address without spaces and brackets.' : `Write ${better} instead.`;
  return { kind: 'warning', subject, problem: { code: 'subject-characters', cause, cure, field: 'subject' } };
}
