import { asFields, asWebAddress } from './fields.ts';

/** What opening needs of the worker's clients. */
export interface Windows {
  matchAll(options: { type: 'window'; includeUncontrolled: true }): Promise<readonly Tab[]>;
  openWindow(url: string): Promise<unknown>;
}

export interface Tab {
  readonly url: string;
  focus(): Promise<unknown>;
}

/**
 * Where a click leads: to the address of the pressed button, else of the notification, else to the site itself.
 *
 * @param data what the notification carries; it may come from an older worker, so nothing is believed of it
 * @param action the pressed button, or the empty text for the notification itself
 */
export function clickTarget(data: unknown, action: string, scope: string): string {
  const fields = asFields(data) ?? {};
  const ofAction = asFields(fields['actionUrls']) ?? {};
  const pressed = action !== '' && Object.hasOwn(ofAction, action) ? ofAction[action] : undefined;
  return asWebAddress(pressed, scope) ?? asWebAddress(fields['url'], scope) ?? scope;
}

/**
 * Brings the tab of exactly that address to the front, or opens one. Browsers allow this only right after the click,
 * so nothing slow is awaited before it.
 */
export async function focusOrOpen(windows: Windows, url: string): Promise<void> {
  const tabs = await windows.matchAll({ type: 'window', includeUncontrolled: true });
  const tab = tabs.find((candidate) => candidate.url === url);
  const focused = await tab?.focus().then(
    () => true,
    () => false,
  );
  if (focused !== true) await windows.openWindow(url);
}
