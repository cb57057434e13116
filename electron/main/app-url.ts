/** The window's own scheme: a standard, secure origin that no web page shares. */
export const APP_SCHEME = 'app';
const APP_HOST = 'pushdesk';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
export const START_URL = `${APP_ORIGIN}/index.html`;
export const PROBLEM_URL = `${APP_ORIGIN}/problem`;

/** Whether a text is a URL of the window's own pages. Compared as a parsed URL: `origin` of a custom scheme is `'null'`. */
export function isAppUrl(text: string): boolean {
  const url = parseUrl(text);
  return url !== null && hasAppOrigin(url);
}

/** Whether two app URLs name the same file, whatever their fragment. */
export function isSamePage(first: string, second: string): boolean {
  const [a, b] = [parseUrl(first), parseUrl(second)];
  if (a === null || b === null || !hasAppOrigin(a) || !hasAppOrigin(b)) return false;
  return a.pathname === b.pathname && a.search === b.search;
}

/** The URL in its normal form where it is http or https without credentials, else `null`. */
export function readWebUrl(text: string): string | null {
  const url = parseUrl(text);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  return url.username === '' && url.password === '' ? url.href : null;
}

function hasAppOrigin(url: URL): boolean {
  return url.protocol === `${APP_SCHEME}:` && url.host === APP_HOST;
}

/** `null` instead of an exception for anything that is not a URL. */
export function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
