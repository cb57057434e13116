/** Notifications, windows, and the registration of the service worker. See `events.mjs`. */
export function installNotifications(kit) {
  const ADDRESSES = ['icon', 'image', 'badge'];
  const shown = [];

  class Notification extends kit.EventTarget {
    static permission = 'granted';
    static maxActions = 2;
    static async requestPermission() {
      return 'granted';
    }
    constructor(title, options, isOurs) {
      super();
      if (isOurs !== kit) throw new TypeError("Failed to construct 'Notification': Illegal constructor.");
      Object.assign(
        this,
        { body: '', icon: '', tag: '', data: null, actions: [], dir: 'auto', lang: '' },
        options,
      );
      this.title = title;
    }
    close() {
      kit.emit({ kind: 'closed' });
      const at = shown.indexOf(this);
      if (at >= 0) shown.splice(at, 1);
    }
  }
  kit.Notification = Notification;

  const read = (title, given) => {
    const options = { ...given };
    for (const name of ADDRESSES) {
      if (options[name] !== undefined && options[name] !== null && options[name] !== '') {
        options[name] = kit.absolute(options[name]);
      }
    }
    if (options.renotify === true && (options.tag === undefined || String(options.tag) === '')) {
      throw new TypeError('Notifications which set the renotify flag must specify a non-empty tag.');
    }
    if (options.silent === true && options.vibrate !== undefined && options.vibrate !== null) {
      throw new TypeError('Silent notifications must not specify vibration patterns.');
    }
    for (const name of ['body', 'tag', 'lang', 'dir']) {
      if (options[name] !== undefined) options[name] = String(options[name]);
    }
    if (options.actions !== undefined) {
      options.actions = Array.from(options.actions, (action) => {
        if (action?.action === undefined || action?.title === undefined) {
          throw new TypeError('Each action of a notification needs an "action" and a "title".');
        }
        return { ...action, action: String(action.action), title: String(action.title) };
      });
    }
    if (options.data !== undefined) options.data = kit.clone(options.data);
    return new Notification(String(title), options, kit);
  };

  const registration = new kit.EventTarget();
  const scriptUrl = kit.scriptUrl;
  const worker = Object.assign(new kit.EventTarget(), {
    scriptURL: scriptUrl,
    state: 'activated',
    postMessage() {},
  });
  Object.assign(registration, {
    scope: kit.readUrl('./', scriptUrl, '', '').href,
    active: worker,
    installing: null,
    waiting: null,
    updateViaCache: 'imports',
    navigationPreload: { async enable() {}, async disable() {}, async setHeaderValue() {} },
    sync: {
      async register() {},
      async getTags() {
        return [];
      },
    },
    pushManager: {
      async getSubscription() {
        return null;
      },
      async permissionState() {
        return 'granted';
      },
      async subscribe() {
        throw new kit.DOMException('Nothing is subscribed in the check.', 'AbortError');
      },
    },
    async update() {
      return registration;
    },
    async unregister() {
      return true;
    },
    async showNotification(...args) {
      if (args.length === 0) throw new TypeError('1 argument required, but only 0 present.');
      const isAlive = kit.isAlive();
      const notification = read(args[0], args[1]);
      const options = {};
      for (const [name, value] of Object.entries({ ...args[1] })) {
        if (value === undefined) continue;
        const own = notification[name] ?? value;
        options[name] = kit.stringify(own) ?? kit.stringify(kit.words(own));
      }
      kit.emit({ kind: 'notification', title: notification.title, options, isAlive });
      if (notification.tag !== '') {
        const before = shown.findIndex(({ tag }) => tag === notification.tag);
        if (before >= 0) shown.splice(before, 1);
      }
      shown.push(notification);
    },
    async getNotifications({ tag = '' } = {}) {
      return shown.filter((one) => tag === '' || one.tag === tag);
    },
  });
  kit.define('registration', registration);
  kit.define('serviceWorker', worker);
  kit.define('Notification', Notification);
  kit.define('skipWaiting', async () => {});
  kit.define('isSecureContext', true);
  kit.define('navigator', {
    userAgent:
      'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    platform: 'Linux x86_64',
    language: 'en-US',
    languages: ['en-US', 'en'],
    onLine: true,
    hardwareConcurrency: 2,
    async setAppBadge(count) {
      kit.emit({ kind: 'badge', count: count === undefined ? '' : String(count) });
    },
    async clearAppBadge() {
      kit.emit({ kind: 'badge', count: '0' });
    },
    storage: kit.missing('navigator.storage'),
    locks: kit.missing('navigator.locks'),
  });

  let windows = [];
  const mayOpen = () => kit.isAlive() && kit.life.event.type === 'notificationclick';
  class Client {
    postMessage(message) {
      kit.emit({ kind: 'message', text: kit.words(message) });
    }
  }
  class WindowClient extends Client {
    constructor(url) {
      super();
      Object.assign(this, {
        url,
        id: `window-${windows.length + 1}`,
        type: 'window',
        frameType: 'top-level',
      });
      Object.assign(this, { focused: false, visibilityState: 'hidden', ancestorOrigins: [] });
    }
    async focus() {
      if (!mayOpen()) throw new kit.DOMException('Not allowed to focus a window.', 'InvalidAccessError');
      kit.emit({ kind: 'lead', how: 'focus', url: this.url });
      return Object.assign(this, { focused: true, visibilityState: 'visible' });
    }
    async navigate(address) {
      const url = kit.absolute(address);
      kit.emit({ kind: 'lead', how: 'navigate', url });
      return Object.assign(this, { url });
    }
  }
  kit.setWindows = (urls) => {
    windows = [];
    for (const url of urls) windows.push(new WindowClient(url));
  };
  kit.define('clients', {
    async matchAll({ type = 'window', includeUncontrolled = false } = {}) {
      kit.emit({ kind: 'looked', includeUncontrolled: includeUncontrolled === true });
      return type === 'window' || type === 'all' ? [...windows] : [];
    },
    async get(id) {
      return windows.find((one) => one.id === id);
    },
    async claim() {},
    async openWindow(address) {
      const url = kit.absolute(address);
      if (!mayOpen()) {
        kit.emit({ kind: 'lead-refused', url });
        throw new kit.DOMException('Not allowed to open a window.', 'InvalidAccessError');
      }
      kit.emit({ kind: 'lead', how: 'open', url });
      return new WindowClient(url);
    },
  });
  kit.define('Client', Client);
  kit.define('WindowClient', WindowClient);
  for (const name of [
    'Clients',
    'ServiceWorkerRegistration',
    'PushManager',
    'PushSubscription',
    'ServiceWorker',
  ]) {
    kit.define(name, class {});
  }
  globalThis.ServiceWorkerRegistration.prototype.showNotification = registration.showNotification;
  class Scope {
    static [Symbol.hasInstance](value) {
      return value === globalThis;
    }
  }
  kit.define('ServiceWorkerGlobalScope', Scope);
  kit.define('WorkerGlobalScope', Scope);
  for (const event of kit.EVENTS) globalThis[`on${event}`] = null;
}
