import { asFields, asWebAddress, type Fields } from './fields.ts';
import { WAYS, type ClickWay } from './read-push.ts';

/** What opening needs from the worker's clients. */
export interface Windows {
  /** Those that were focused last come first. */
  matchAll(options: { type: 'window'; includeUncontrolled: true }): Promise<readonly Tab[]>;
  openWindow(url: string): Promise<unknown>;
}

export interface Tab {
  readonly url: string;
  focus(): Promise<unknown>;
  /** Missing in old browsers; refused for a page that another worker controls. */
  navigate?(url: string): Promise<unknown>;
}

/**
 * Where a click leads: to the address of the pressed button, else of the notification, else to the site itself.
 *
 * @param data what the notification carries; it may come from an older worker, so none of it is trusted
 * @param action the pressed button, or the empty string for the notification itself
 */
export function clickTarget(data: unknown, action: string, scope: string): string {
  const fields = asFields(data) ?? {};
  return pressedUrl(fields, action, scope) ?? asWebAddress(fields['url'], scope) ?? scope;
}

/** How the sender wants the tab to be found; `undefined`: the one that shows the page already, else a new one. Parameters as above. */
export function clickWay(data: unknown, action: string, scope: string): ClickWay | undefined {
  const fields = asFields(data) ?? {};
  const ways = asFields(fields['ways']) ?? {};
  const name = pressedUrl(fields, action, scope) === undefined ? 'default' : action;
  return WAYS.find((known) => Object.hasOwn(ways, name) && ways[name] === known);
}

function pressedUrl(fields: Fields, action: string, scope: string): string | undefined {
  const ofAction = asFields(fields['actionUrls']) ?? {};
  return action !== '' && Object.hasOwn(ofAction, action) ? asWebAddress(ofAction[action], scope) : undefined;
}

/**
 * Brings the tab that shows that page to the front, or opens one. Browsers allow this only right after the click, so nothing slow is
 * awaited before it.
 */
export async function focusOrOpen(windows: Windows, url: string, way?: ClickWay): Promise<void> {
  const tabs = await windows.matchAll({ type: 'window', includeUncontrolled: true });
  const tab = tabFor(tabs, url, way);
  const focused = await tab?.focus().then(
    () => true,
    () => false,
  );
  if (tab === undefined || focused !== true) {
    await windows.openWindow(url);
    return;
  }
  const leadsElsewhere = way === 'navigateLastFocusedOrOpen' || (way === undefined && hashOf(url) !== '');
  if (leadsElsewhere && tab.url !== url) await tab.navigate?.(url).catch(() => undefined);
}

function tabFor(tabs: readonly Tab[], url: string, way: ClickWay | undefined): Tab | undefined {
  if (way === 'openWindow') return undefined;
  if (way !== undefined) return tabs[0];
  return tabs.find((tab) => tab.url === url) ?? tabs.find((tab) => pageOf(tab.url) === pageOf(url));
}

/** What campaigns append to links to count clicks: it changes no page. */
const COUNTING = /^(?:utm_\w+|fbclid|gclid|mc_cid|mc_eid)$/i;

/**
 * Address of a page without what does not tell pages apart: the place in it, a slash at its end, the order of its query, and what counts
 * clicks.
 */
function pageOf(address: string): string {
  if (!URL.canParse(address)) return address;
  const { origin, pathname, searchParams } = new URL(address);
  const query = [...searchParams]
    .filter(([name]) => !COUNTING.test(name))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort();
  return `${origin}${pathname.replace(/\/+$/, '')}?${query.join('&')}`;
}

const hashOf = (address: string): string => (URL.canParse(address) ? new URL(address).hash : '');
