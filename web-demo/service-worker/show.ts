import type { ReadPush } from './read-push.ts';

/** What showing needs from the worker's registration. */
export type Shower = Pick<ServiceWorkerRegistration, 'showNotification'>;

/**
 * Shows a notification. If the browser rejects an option, the words are shown without any: a plain notification is worth more than none.
 *
 * @throws whatever the browser throws for a plain one, for example when the permission is gone
 */
export async function show(registration: Shower, { title, options }: ReadPush): Promise<void> {
  try {
    await registration.showNotification(title, options);
  } catch {
    const { body, data } = options;
    await registration.showNotification(title, body === undefined ? { data } : { body, data });
  }
}
