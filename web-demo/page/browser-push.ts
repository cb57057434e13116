import type { SubscriptionJson } from '../../electron/contract/http.ts';
import { decodeBase64Url } from '../shared/base64url.ts';
import { keyOf, subscriptionJson } from '../shared/subscription.ts';

/** The browser's side of push, as far as the page uses it. Everything throws what the browser throws. */
export interface BrowserPush {
  permission(): NotificationPermission;
  askPermission(): Promise<NotificationPermission>;
  current(): Promise<BrowserSubscription | null>;
  /** @param publicKey unpadded base64url of 65 bytes */
  subscribe(publicKey: string): Promise<BrowserSubscription>;
}

export interface BrowserSubscription {
  json: SubscriptionJson;
  /** The key that it was made with; `null` where the browser does not tell. */
  publicKey: string | null;
  unsubscribe(): Promise<boolean>;
}

const WORKER = 'sw.js';

/** @param navigator a browser that has service workers and push */
export function createBrowserPush(navigator: Navigator): BrowserPush {
  let registering: Promise<ServiceWorkerRegistration> | null = null;

  /** Registers the worker once, and again after a failure. Browsers then look for a newer one by themselves. */
  const pushManager = async (): Promise<PushManager> => {
    registering ??= navigator.serviceWorker
      .register(WORKER, { scope: './', updateViaCache: 'none' })
      .then(() => navigator.serviceWorker.ready);
    try {
      return (await registering).pushManager;
    } catch (error) {
      registering = null;
      throw error;
    }
  };

  return {
    permission: () => Notification.permission,
    askPermission: () => Notification.requestPermission(),
    async current() {
      const subscription = await (await pushManager()).getSubscription();
      return subscription === null ? null : wrap(subscription);
    },
    async subscribe(publicKey) {
      const manager = await pushManager();
      return wrap(
        await manager.subscribe({
          userVisibleOnly: true,
          applicationServerKey: decodeBase64Url(publicKey),
        }),
      );
    },
  };
}

function wrap(subscription: PushSubscription): BrowserSubscription {
  return {
    json: subscriptionJson(subscription),
    publicKey: keyOf(subscription),
    unsubscribe: () => subscription.unsubscribe(),
  };
}
