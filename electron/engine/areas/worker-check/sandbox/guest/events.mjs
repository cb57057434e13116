/**
 * Events, listeners and timers of the service worker's global scope. Evaluated as text inside the sandbox, like every file in this folder:
 * it may use the language itself and `kit`, and nothing else.
 */
export function installEvents(kit) {
  class Event {
    constructor(type, init = {}) {
      this.type = String(type);
      this.bubbles = init.bubbles === true;
      this.cancelable = init.cancelable === true;
      this.defaultPrevented = false;
      this.isTrusted = false;
      this.timeStamp = kit.now();
      this.target = null;
      this.currentTarget = null;
      this.stopped = false;
    }
    preventDefault() {
      if (this.cancelable) this.defaultPrevented = true;
    }
    stopPropagation() {}
    stopImmediatePropagation() {
      this.stopped = true;
    }
    composedPath() {
      return this.target === null ? [] : [this.target];
    }
  }

  const listenersOf = new WeakMap();

  class EventTarget {
    addEventListener(type, listener, options) {
      if (typeof listener !== 'function' && typeof listener?.handleEvent !== 'function') return;
      const all = listenersOf.get(this) ?? [];
      listenersOf.set(this, all);
      if (all.some((one) => one.type === String(type) && one.listener === listener)) return;
      all.push({ type: String(type), listener, once: options?.once === true });
      if (this === globalThis) kit.emit({ kind: 'listener', event: String(type), late: !kit.isStarting });
    }
    removeEventListener(type, listener) {
      const all = listenersOf.get(this) ?? [];
      const at = all.findIndex((one) => one.type === String(type) && one.listener === listener);
      if (at >= 0) all.splice(at, 1);
    }
    dispatchEvent(event) {
      event.target ??= this;
      event.currentTarget = this;
      const call = (listener) => {
        try {
          const answer =
            typeof listener === 'function' ? listener.call(this, event) : listener.handleEvent(event);
          if (typeof answer?.then === 'function') answer.then(undefined, (error) => kit.report(error));
        } catch (error) {
          kit.report(error);
        }
      };
      const handler = this[`on${event.type}`];
      if (typeof handler === 'function') call(handler);
      for (const one of [...(listenersOf.get(this) ?? [])]) {
        if (one.type !== event.type || event.stopped) continue;
        if (one.once) this.removeEventListener(one.type, one.listener);
        call(one.listener);
      }
      return !event.defaultPrevented;
    }
  }

  /** The event that is being handled: `dispatching` while listeners run, `pending` promises that `waitUntil` was given. */
  kit.life = null;
  kit.isAlive = () => kit.life !== null && (kit.life.dispatching || kit.life.pending > 0);

  class ExtendableEvent extends Event {
    waitUntil(promise) {
      const life = kit.life;
      if (life === null || life.event !== this || !kit.isAlive()) {
        kit.emit({ kind: 'late-wait' });
        throw new kit.DOMException('The event has already ended.', 'InvalidStateError');
      }
      life.waits += 1;
      life.pending += 1;
      const done = () => {
        life.pending -= 1;
      };
      Promise.resolve(promise).then(done, (error) => {
        done();
        kit.report(error);
      });
    }
  }

  class PushMessageData {
    #text;
    constructor(text) {
      this.#text = text;
    }
    #read(how) {
      kit.emit({ kind: 'read', how });
      return this.#text;
    }
    json() {
      return kit.trace(kit.parse(this.#read('json')));
    }
    text() {
      return this.#read('text');
    }
    arrayBuffer() {
      return kit.encode(this.#read('arrayBuffer')).buffer;
    }
    bytes() {
      return kit.encode(this.#read('bytes'));
    }
    blob() {
      return new kit.Blob([this.#read('blob')]);
    }
  }

  class PushEvent extends ExtendableEvent {
    constructor(type, init = {}) {
      super(type, init);
      const { data } = init;
      this.data = data === undefined || data === null ? null : new PushMessageData(String(data));
    }
  }

  class NotificationEvent extends ExtendableEvent {
    constructor(type, init = {}) {
      super(type, init);
      this.notification = init.notification;
      this.action = init.action ?? '';
      this.reply = null;
    }
  }

  class MessageEvent extends ExtendableEvent {
    constructor(type, init = {}) {
      super(type, init);
      this.data = init.data ?? null;
      this.origin = init.origin ?? '';
      this.ports = init.ports ?? [];
      this.source = init.source ?? null;
    }
  }

  class CustomEvent extends Event {
    constructor(type, init = {}) {
      super(type, init);
      this.detail = init.detail ?? null;
    }
  }

  Object.assign(kit, { Event, EventTarget, ExtendableEvent, PushEvent, NotificationEvent });
  for (const one of [
    Event,
    EventTarget,
    ExtendableEvent,
    PushEvent,
    PushMessageData,
    NotificationEvent,
    MessageEvent,
    CustomEvent,
  ]) {
    kit.define(one.name, one);
  }
  kit.define('ExtendableMessageEvent', MessageEvent);
  kit.define('FetchEvent', class FetchEvent extends ExtendableEvent {});
  for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent']) {
    const method = EventTarget.prototype[name];
    kit.define(name, (...args) => method.apply(globalThis, args));
  }

  /** Runs an event through its listeners. */
  kit.dispatch = (event) => {
    kit.life = { event, dispatching: true, pending: 0, waits: 0 };
    globalThis.dispatchEvent(event);
    kit.life.dispatching = false;
  };

  // Time passes in leaps: nobody really waits for a timer.
  const timers = new Map();
  let nextTimer = 1;
  let time = 0;
  kit.now = () => time;
  const later = (run, delay, args, every) => {
    const id = nextTimer;
    nextTimer += 1;
    const wait = Math.max(every ? 4 : 0, Number(delay) || 0);
    timers.set(id, { at: time + wait, run, args, every: every ? wait : null });
    return id;
  };
  kit.define('setTimeout', (run, delay, ...args) => later(run, delay, args, false));
  kit.define('setInterval', (run, delay, ...args) => later(run, delay, args, true));
  kit.define('clearTimeout', (id) => void timers.delete(id));
  kit.define('clearInterval', (id) => void timers.delete(id));
  /**
   * Runs the next timer if it is due by then.
   * @returns whether there was one
   */
  kit.runTimer = (until) => {
    let next = null;
    for (const [id, timer] of timers) if (next === null || timer.at < next.timer.at) next = { id, timer };
    if (next === null || next.timer.at > until) return false;
    const { id, timer } = next;
    time = Math.max(time, timer.at);
    if (timer.every === null) timers.delete(id);
    else timer.at = time + timer.every;
    try {
      if (typeof timer.run === 'function') timer.run.apply(globalThis, timer.args);
    } catch (error) {
      kit.report(error);
    }
    return true;
  };
}
