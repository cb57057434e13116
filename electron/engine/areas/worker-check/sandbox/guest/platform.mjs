/** What every worker has around it: console, texts and bytes, clones, random numbers. See `events.mjs`. */
export function installPlatform(kit) {
  const words = (value) => {
    if (typeof value === 'string') return value;
    if (value instanceof Error) return `${value.name}: ${value.message}`;
    try {
      if (typeof value === 'object' && value !== null) return kit.stringify(value) ?? String(value);
      return String(value);
    } catch {
      return Object.prototype.toString.call(value);
    }
  };
  kit.words = words;
  const console = {};
  for (const level of [
    'log',
    'info',
    'debug',
    'warn',
    'error',
    'trace',
    'dir',
    'table',
    'group',
    'groupCollapsed',
  ]) {
    console[level] = (...values) => {
      kit.emit({ kind: 'console', level, text: values.map(words).join(' ') });
    };
  }
  console.assert = (isTrue, ...values) => {
    if (!isTrue) console.error('Assertion failed:', ...values);
  };
  for (const name of ['groupEnd', 'time', 'timeEnd', 'timeLog', 'count', 'countReset', 'clear'])
    console[name] = () => {};
  kit.define('console', console);

  class DOMException extends Error {
    constructor(message = '', name = 'Error') {
      super(message);
      this.name = name;
    }
  }
  kit.DOMException = DOMException;
  kit.define('DOMException', DOMException);

  /** UTF-8, with the replacement character for half of a pair. */
  kit.encode = (value) => {
    const bytes = [];
    for (const character of String(value).toWellFormed()) {
      const code = character.codePointAt(0);
      if (code < 0x80) bytes.push(code);
      else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
      else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
      else {
        bytes.push(
          0xf0 | (code >> 18),
          0x80 | ((code >> 12) & 63),
          0x80 | ((code >> 6) & 63),
          0x80 | (code & 63),
        );
      }
    }
    return new Uint8Array(bytes);
  };
  kit.decode = (input) => {
    const bytes =
      input instanceof ArrayBuffer
        ? new Uint8Array(input)
        : new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
    const percent = Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
    try {
      return decodeURIComponent(percent);
    } catch {
      return Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : '\uFFFD')).join('');
    }
  };
  kit.define(
    'TextEncoder',
    class TextEncoder {
      encoding = 'utf-8';
      encode(value = '') {
        return kit.encode(value);
      }
    },
  );
  kit.define(
    'TextDecoder',
    class TextDecoder {
      encoding = 'utf-8';
      decode(input = new Uint8Array()) {
        return kit.decode(input);
      }
    },
  );

  const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  kit.define('btoa', (value) => {
    const text = String(value);
    let out = '';
    for (let at = 0; at < text.length; at += 3) {
      const [a, b, c] = [text.charCodeAt(at), text.charCodeAt(at + 1), text.charCodeAt(at + 2)];
      if (a > 255 || b > 255 || c > 255)
        throw new DOMException('The text has characters beyond Latin-1.', 'InvalidCharacterError');
      const bits = (a << 16) | ((b || 0) << 8) | (c || 0);
      out += DIGITS[bits >> 18] + DIGITS[(bits >> 12) & 63];
      out += at + 1 < text.length ? DIGITS[(bits >> 6) & 63] : '=';
      out += at + 2 < text.length ? DIGITS[bits & 63] : '=';
    }
    return out;
  });
  kit.define('atob', (value) => {
    const text = String(value)
      .replace(/[\t\n\f\r ]/g, '')
      .replace(/={1,2}$/, '');
    if (text.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(text)) {
      throw new DOMException('The text is not base64.', 'InvalidCharacterError');
    }
    let out = '';
    let bits = 0;
    let held = 0;
    for (const digit of text) {
      bits = ((bits << 6) | DIGITS.indexOf(digit)) & 0xffffff;
      held += 6;
      if (held >= 8) {
        held -= 8;
        out += String.fromCharCode((bits >> held) & 255);
      }
    }
    return out;
  });

  /** A structured clone of what notifications and messages usually carry. */
  const clone = (value, seen = new Map()) => {
    if (typeof value === 'function' || typeof value === 'symbol') {
      throw new DOMException(`${words(value).slice(0, 80)} could not be cloned.`, 'DataCloneError');
    }
    if (typeof value !== 'object' || value === null) return value;
    if (seen.has(value)) return seen.get(value);
    if (value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet) {
      throw new DOMException(`A ${value.constructor.name} could not be cloned.`, 'DataCloneError');
    }
    if (value instanceof Date) return new Date(value.getTime());
    if (value instanceof RegExp) return new RegExp(value.source, value.flags);
    if (value instanceof ArrayBuffer) return value.slice(0);
    if (ArrayBuffer.isView(value)) return new value.constructor(value);
    if (value instanceof Error) return Object.assign(new Error(value.message), { name: value.name });
    if (value instanceof Map) {
      const copy = new Map();
      seen.set(value, copy);
      for (const [key, one] of value) copy.set(clone(key, seen), clone(one, seen));
      return copy;
    }
    if (value instanceof Set) {
      const copy = new Set();
      seen.set(value, copy);
      for (const one of value) copy.add(clone(one, seen));
      return copy;
    }
    const copy = Array.isArray(value) ? [] : {};
    seen.set(value, copy);
    for (const key of Object.keys(value)) copy[key] = clone(value[key], seen);
    return copy;
  };
  kit.clone = (value) => clone(value);
  kit.define('structuredClone', (value) => clone(value));
  kit.define('queueMicrotask', (run) => {
    void Promise.resolve()
      .then(() => run())
      .catch((error) => kit.report(error));
  });
  kit.define('reportError', (error) => kit.report(error));
  kit.define('performance', { now: () => kit.now(), timeOrigin: 0, mark() {}, measure() {} });

  // Nothing secret is made here, so numbers that look random will do.
  const random = (array) => {
    for (let at = 0; at < array.length; at += 1) array[at] = Math.floor(Math.random() * 0x1_0000_0000);
    return array;
  };
  kit.define('crypto', {
    getRandomValues: random,
    randomUUID() {
      const hex = Array.from(random(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
        '',
      );
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
    subtle: kit.missing('crypto.subtle'),
  });

  class Blob {
    #text;
    constructor(parts = [], { type = '' } = {}) {
      this.#text = parts.map((part) => (part instanceof Blob ? part.#text : String(part))).join('');
      this.type = type;
      this.size = kit.encode(this.#text).length;
    }
    async text() {
      return this.#text;
    }
    async arrayBuffer() {
      return kit.encode(this.#text).buffer;
    }
  }
  kit.Blob = Blob;
  kit.define('Blob', Blob);

  class AbortSignal extends kit.EventTarget {
    aborted = false;
    reason = undefined;
    throwIfAborted() {
      if (this.aborted) throw this.reason;
    }
    static timeout(delay) {
      const controller = new AbortController();
      globalThis.setTimeout(
        () => controller.abort(new DOMException('The time is over.', 'TimeoutError')),
        delay,
      );
      return controller.signal;
    }
  }
  class AbortController {
    signal = new AbortSignal();
    abort(reason = new DOMException('It was aborted.', 'AbortError')) {
      if (this.signal.aborted) return;
      Object.assign(this.signal, { aborted: true, reason });
      this.signal.dispatchEvent(new kit.Event('abort'));
    }
  }
  kit.define('AbortSignal', AbortSignal);
  kit.define('AbortController', AbortController);

  class MessagePort extends kit.EventTarget {
    postMessage() {}
    start() {}
    close() {}
  }
  kit.define('MessagePort', MessagePort);
  kit.define(
    'MessageChannel',
    class MessageChannel {
      port1 = new MessagePort();
      port2 = new MessagePort();
    },
  );
  kit.define(
    'BroadcastChannel',
    class BroadcastChannel extends MessagePort {
      constructor(name) {
        super();
        this.name = String(name);
      }
    },
  );
}
