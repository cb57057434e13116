import { personWith, surroundings } from '../../page/person.ts';
import { asFields } from '../fields.ts';
import { clickTarget, clickWay, focusOrOpen } from '../open-target.ts';
import { maxActions, textOf } from '../push-data.ts';
import { readPush } from '../read-push.ts';
import type { SubscriptionChange } from '../renew.ts';
import { openWorkerStore } from '../worker-store.ts';
import { createReceipts, type ReceiptEvent } from '../receipts.ts';
import { askingMessage, showAndTell, tellOf } from '../show-and-tell.ts';
import { createEngineClient } from './engine-client.ts';
import { createKitSession } from './kit-session.ts';
import { createRecordStore } from './record.ts';

/** The global of the worker. A worker that calls these itself sets `automatic` to `false`. */
export interface KitWorker {
  automatic: boolean;
  /** Shows the message that an event brought; a second call for the same event does nothing. */
  push(event: PushEvent): void;
  /** Leads a click on one of the kit's notifications to its page. @returns whether it was one */
  click(event: NotificationEvent): boolean;
  /** Reports that one of the kit's notifications was closed. @returns whether it was one */
  close(event: NotificationEvent): boolean;
  /**
   * For a worker that shows messages itself: reports what became of one.
   * @param message the payload, with its `id` and `receipts`: nothing is reported of one that does not ask
   */
  report(message: unknown, happened: ReceiptEvent, action?: string): Promise<void>;
  /** Keeps up with a subscription that the browser has replaced or dropped. */
  change(event: ExtendableEvent & SubscriptionChange): void;
}

/** Marks the kit's own notifications, among those of the site. */
const MARK = 'pushdesk';

/** What pages listen for: they look again. */
export const CHANGED = 'pushdesk-changed';

/** Listens at once, because a browser wants all listeners before the worker's script has ended. */
export function createKitWorker(self: ServiceWorkerGlobalScope): KitWorker {
  const { registration } = self;
  const seen = new WeakSet<Event>();
  // Relative addresses are relative to the site, and not to the folder that only the worker has.
  const home = registration.scope.replace(/\/(pushdesk|push\/onesignal)\/$/, '/');
  const places = `${registration.scope}pushdesk-`;
  const kept = openWorkerStore(() => self.caches, places);
  const store = createRecordStore(kept, `${places}state`);
  const receipts = createReceipts({
    store: kept,
    place: `${places}receipts/`,
    subscription: () => registration.pushManager.getSubscription(),
    send: async (report) => createEngineClient((await store.read()).engine, fetch).tell(report),
    now: () => Date.now(),
  });
  const session = createKitSession({
    registration,
    store,
    permission: () => Notification.permission,
    person: (tags, attributes) => personWith(surroundings(self.navigator), tags, Object.entries(attributes)),
    send: (path, request) => fetch(path, request),
  });

  async function tellPages(but?: unknown): Promise<void> {
    for (const page of await self.clients.matchAll({ type: 'window', includeUncontrolled: true })) {
      if (page.id !== but) page.postMessage(CHANGED);
    }
  }

  const once = (event: Event): boolean => {
    if (seen.has(event)) return false;
    seen.add(event);
    return true;
  };

  const worker: KitWorker = {
    automatic: true,
    push(event) {
      if (!once(event)) return;
      const { title, options } = readPush(textOf(event.data), { scope: home, maxActions: maxActions() });
      const marked = { title, options: { ...options, data: { ...options.data, [MARK]: true } } };
      // Shown first and by itself: reporting it may take as long as it likes.
      event.waitUntil(Promise.allSettled([showAndTell(registration, marked, receipts), session.catchUp()]));
    },
    click(event) {
      const { data } = event.notification as { data: unknown };
      const isOurs = asFields(data)?.[MARK] === true;
      if (!isOurs || !once(event)) return isOurs;
      event.notification.close();
      const url = clickTarget(data, event.action, home);
      const opened = focusOrOpen(self.clients, url, clickWay(data, event.action, home));
      const told = tellOf(receipts, data, 'clicked', event.action);
      event.waitUntil(Promise.allSettled([opened, told]));
      return true;
    },
    close(event) {
      const { data } = event.notification as { data: unknown };
      const isOurs = asFields(data)?.[MARK] === true;
      if (isOurs && once(event)) event.waitUntil(tellOf(receipts, data, 'closed'));
      return isOurs;
    },
    async report(message, happened, action) {
      await receipts.note(askingMessage(message), happened, action);
      await receipts.tell();
    },
    change(event) {
      if (once(event)) event.waitUntil(session.follow(event).then(() => tellPages()));
    },
  };

  // Before the site's own worker, which may delete all caches but its own when it takes over.
  self.addEventListener('activate', (event) => {
    event.waitUntil(kept.moveIn());
  });
  self.addEventListener('push', (event) => {
    if (!worker.automatic) return;
    // Any other listener would show the same message once more.
    event.stopImmediatePropagation();
    worker.push(event);
  });
  self.addEventListener('notificationclick', (event) => {
    if (worker.automatic && worker.click(event)) event.stopImmediatePropagation();
  });
  self.addEventListener('notificationclose', (event) => {
    if (worker.automatic) worker.close(event);
  });
  self.addEventListener('pushsubscriptionchange', (event) => {
    if (worker.automatic) worker.change(event);
  });
  // Background Sync, which the types do not know.
  self.addEventListener('sync' as 'push', (event) => {
    if ((event as { tag?: unknown }).tag === 'pushdesk') {
      event.waitUntil(Promise.all([session.catchUp().then(() => tellPages()), receipts.tell()]));
    }
  });
  self.addEventListener('message', (event) => {
    const [port] = event.ports;
    if (port === undefined || asFields(event.data)?.['pushdesk'] === undefined) return;
    const asked = asFields(event.data)?.['pushdesk'];
    const from = (event.source as { id?: unknown } | null)?.id;
    // No page in the scope of a kit's own worker makes the browser look for a newer one.
    if (asked === 'check') void registration.update().catch(() => undefined);
    event.waitUntil(receipts.tell());
    event.waitUntil(
      session.answer(event.data).then((answer) => {
        port.postMessage(answer);
        // Other tabs show the same.
        return asked === 'check' || asked === 'hello' ? undefined : tellPages(from);
      }),
    );
  });
  return worker;
}
