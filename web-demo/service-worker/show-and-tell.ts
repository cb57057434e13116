import { asFields, isMessageId } from './fields.ts';
import type { ReadPush } from './read-push.ts';
import type { Receipts } from './receipts.ts';
import { show, type Shower } from './show.ts';

/** The message that a notification shows, where it asks for receipts; it may come from an older worker, so none of it is trusted. */
export function askingMessage(data: unknown): string | null {
  const { id, receipts } = asFields(data) ?? {};
  return receipts === true && isMessageId(id) ? id : null;
}

/** What puts a number on the app's icon (Badging API); many browsers have none. */
export interface Badges {
  setAppBadge?(count: number): Promise<void>;
}

/** Never fails: it must not disturb the notification. */
function badge({ appBadge }: ReadPush, badges: Badges): void {
  if (appBadge !== undefined) void badges.setAppBadge?.(appBadge).catch(() => undefined);
}

/**
 * Shows a message, and reports it once that is under way: a notification never waits for a report.
 *
 * @throws what `show` throws, once it has been reported that the message was received
 */
export async function showAndTell(
  registration: Shower,
  push: ReadPush,
  receipts: Receipts,
  badges: Badges = navigator,
): Promise<void> {
  const message = askingMessage(push.options.data);
  const shown = show(registration, push);
  badge(push, badges);
  await receipts.note(message, 'received');
  try {
    await shown;
    await receipts.note(message, 'shown');
  } finally {
    await receipts.tell();
  }
}

/** Reports a click, or that a notification was closed. */
export async function tellOf(
  receipts: Receipts,
  data: unknown,
  event: 'clicked' | 'closed',
  action = '',
): Promise<void> {
  await receipts.note(askingMessage(data), event, action);
  await receipts.tell();
}
