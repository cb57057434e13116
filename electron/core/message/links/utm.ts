import type { Message } from '../../../contract/message.ts';
import { isNamedSite } from '../../../contract/site-address.ts';
import { utmNames, type Utm } from '../../../contract/utm.ts';

/** A path is resolved on the site of the subscribe page, whatever its host. */
const PAGE = 'https://page.invalid';

/** Controls and blanks, U+0000 to U+0020. */
const ENDS = /^(?:(?![\x7F-\x9F])[ \p{Cc}])+|(?:(?![\x7F-\x9F])[ \p{Cc}])+$/gu;

/** Origins of the person's own sites: those that may call the public routes, and that of the public address. */
export function ownSitesOf({
  sites,
  publicUrl,
}: {
  readonly sites: readonly string[];
  readonly publicUrl: string | null;
}): readonly string[] {
  return publicUrl !== null && URL.canParse(publicUrl) ? [...sites, new URL(publicUrl).origin] : sites;
}

/**
 * The message with its UTM parameters on the links of the notification and of each button. Pictures stay as they are.
 *
 * @param sites origins of the person's own sites: links to other hosts are left alone
 */
export function withUtm(message: Message, sites: readonly string[]): Message {
  const { utm } = message;
  if (utmNames.every((name) => utm[name] === '')) return message;
  return {
    ...message,
    url: trackedLink(message.url, utm, sites),
    actions: message.actions.map((action) => ({ ...action, url: trackedLink(action.url, utm, sites) })),
  };
}

/** A link with the parameters that it does not have yet; the rest stays exactly as it was written. */
export function trackedLink(link: string, utm: Utm, sites: readonly string[]): string {
  const written = withoutEnds(link);
  if (!isOwn(written, sites)) return link;
  const [, before = '', query, fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(written) ?? [];
  const present = new Set([...new URL(written, PAGE).searchParams.keys()].map((name) => name.toLowerCase()));
  const added = utmNames
    .map((name) => [`utm_${name}`, utm[name].trim()] as const)
    .filter(([name, value]) => value !== '' && !present.has(name));
  if (added.length === 0) return link;
  const parts = [query ?? '', new URLSearchParams(Object.fromEntries(added)).toString()];
  const joined = parts.filter((part) => part !== '').join(query?.endsWith('&') === true ? '' : '&');
  return `${before}?${joined}${fragment}`;
}

/** Browsers ignore these at its ends (URL Standard, basic URL parser): within the link they would count. */
const withoutEnds = (link: string) => link.replaceAll(ENDS, '');

/** Whether a link leads to one of the person's own sites. @param sites their origins */
export const isOwnLink = (link: string, sites: readonly string[]): boolean => isOwn(withoutEnds(link), sites);

/** Read as browsers do, which see another host in `/\host` too. A link that is still being written may not be valid yet. */
function isOwn(link: string, sites: readonly string[]): boolean {
  if (!/^(?:\/|https?:\/\/)/i.test(link) || !URL.canParse(link, PAGE)) return false;
  const { origin, protocol, host } = new URL(link, PAGE);
  if (origin === PAGE) return link.startsWith('/');
  // A site over HTTPS also answers at the same host without it, and redirects.
  return isNamedSite(origin, sites) || (protocol === 'http:' && isNamedSite(`https://${host}`, sites));
}
