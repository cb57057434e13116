/** What the rest of the folder is built on; the worker can reach none of it. `host` and the configuration come from `run-job.ts`. */
export function createKit(host, configText) {
  const { stringify, parse } = JSON;
  const { defineProperty } = Object;
  const config = parse(configText);
  const kit = {
    EVENTS: [
      'install',
      'activate',
      'push',
      'notificationclick',
      'notificationclose',
      'message',
      'fetch',
      'pushsubscriptionchange',
    ],
    scriptUrl: config.scriptUrl,
    files: new Map(config.files.map(({ url, text }) => [url, text])),
    isStarting: true,
    refusals: 0,
    stringify: (value) => stringify(value),
    parse: (text) => parse(text),
    emit(fact) {
      host.emit(stringify(fact));
    },
    readUrl(input, base, part, value) {
      const found = host.readUrl(input, base, part, value);
      return found === '' ? null : parse(found);
    },
    trace: (value) => value,
    runFile: (url) => host.runFile(url),
    define(name, value) {
      defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
    },
    report(error) {
      const isError = typeof error === 'object' && error !== null && 'message' in error;
      kit.emit({
        kind: 'error',
        message: isError ? `${error.name ?? 'Error'}: ${error.message}` : kit.words(error),
        stack: isError ? String(error.stack ?? '') : '',
      });
    },
    /** A browser feature that the check does not have: using it is reported, and fails. */
    missing(name) {
      const tell = () => {
        kit.emit({ kind: 'lacking', name });
        throw new Error(`${name} is not part of the check.`);
      };
      return new Proxy({}, { get: (_target, key) => (typeof key === 'symbol' ? undefined : tell) });
    },
  };
  kit.define('self', globalThis);
  return kit;
}

/** What `run-job.ts` calls: texts go in and come out. */
export function createDriver(kit) {
  /** The data of a push, which reports every missing field that is asked for. */
  const traced = (value, path) => {
    if (typeof value !== 'object' || value === null) return value;
    return new Proxy(value, {
      get(target, key, receiver) {
        const found = Reflect.get(target, key, receiver);
        if (typeof key === 'symbol' || Array.isArray(target)) return found;
        const own = path === '' ? key : `${path}.${key}`;
        if (found === undefined && key !== 'then' && key !== 'toJSON')
          kit.emit({ kind: 'absent', path: own });
        return Object.hasOwn(target, key) ? traced(found, own) : found;
      },
    });
  };
  return {
    started() {
      for (const event of kit.EVENTS) {
        if (typeof globalThis[`on${event}`] === 'function')
          kit.emit({ kind: 'listener', event, late: false });
      }
      kit.isStarting = false;
      return '';
    },
    lifecycle(type) {
      kit.dispatch(new kit.ExtendableEvent(type));
      return '';
    },
    push(text) {
      kit.trace = (value) => traced(value, '');
      kit.dispatch(new kit.PushEvent('push', { data: text }));
      return '';
    },
    click(text) {
      const { title, options, action, windows } = kit.parse(text);
      kit.setWindows(windows);
      const notification = new kit.Notification(title, options, kit);
      kit.dispatch(new kit.NotificationEvent('notificationclick', { notification, action }));
      return '';
    },
    /** @returns `1` if a timer ran */
    timer: (until) => (kit.runTimer(Number(until)) ? '1' : ''),
    state: () => kit.stringify({ pending: kit.life?.pending ?? 0, waits: kit.life?.waits ?? 0 }),
  };
}
