import { z } from 'zod';

/** The most sites that may be named. */
export const MAX_SITES = 50;
const MAX_TEXT = 300;

export type SiteRead = { kind: 'site'; site: string } | { kind: 'refused'; reason: string };

/** Any name below `localhost` at any port, which only this machine has; the only pattern there is. */
const ANY_LOCAL_NAME = 'http://*.localhost';

/**
 * Reads the address of a site as a person writes it.
 *
 * @returns its origin as browsers send it (RFC 6454 §6.2), or one sentence that says why it is not one
 */
export function readSite(text: string): SiteRead {
  const typed = text.trim();
  if (typed.toLowerCase().replace(/\/$/, '') === ANY_LOCAL_NAME) {
    return { kind: 'site', site: ANY_LOCAL_NAME };
  }
  if (typed.includes('*')) return refused('Name each site on its own. Only http://*.localhost may hold a *.');
  const url = readAddress(typed);
  if (typeof url === 'string') return refused(url);
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    return refused(`Leave out everything after the name: ${url.origin}.`);
  }
  return { kind: 'site', site: url.origin };
}

/** Whether an `Origin` header is that of a site in the list. */
export function isNamedSite(origin: string, sites: readonly string[]): boolean {
  if (origin !== ANY_LOCAL_NAME && sites.includes(origin)) return true;
  return (
    sites.includes(ANY_LOCAL_NAME) &&
    /^http:\/\/[a-z0-9-]+(\.[a-z0-9-]+)*\.localhost(:[1-9]\d{0,4})?$/.test(origin)
  );
}

export const siteSchema = z
  .string()
  .max(MAX_TEXT)
  .superRefine((text, context) => {
    const read = readSite(text);
    if (read.kind === 'refused') context.addIssue({ code: 'custom', message: read.reason });
    else if (read.site !== text) context.addIssue({ code: 'custom', message: `Write it as ${read.site}.` });
  })
  .describe('Origin of a site, such as https://shop.example');

const refused = (reason: string): SiteRead => ({ kind: 'refused', reason });

/** An https address, or an http one of this machine; else why it is neither. */
export function readAddress(typed: string): URL | string {
  if (typed === '') return 'Enter an address, such as https://shop.example.';
  if (typed.length > MAX_TEXT) return 'This is too long for an address.';
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(typed)) return 'Begin with https://, as in https://shop.example.';
  if (!URL.canParse(typed)) return 'This is not an address. Write it as in https://shop.example.';
  const url = new URL(typed);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'Only https:// addresses can be used.';
  if (url.username !== '' || url.password !== '') return 'Leave out the user name and password.';
  if (url.hostname.endsWith('.')) return 'Leave out the dot at the end of the name.';
  if (url.protocol === 'http:' && !isLocalName(url.hostname)) {
    return 'Use https://. Browsers allow push only there, except on localhost.';
  }
  return url;
}

const isLocalName = (name: string) => name === 'localhost' || name.endsWith('.localhost');
