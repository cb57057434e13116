/** Addresses and requests. Every request is recorded; only texts that the person supplied are served. See `events.mjs`. */
export function installNetwork(kit) {
  class URLSearchParams {
    #pairs = [];
    #changed;
    constructor(init = '', changed = () => {}) {
      this.#changed = changed;
      if (typeof init === 'string') this.#read(init);
      else if (typeof init?.[Symbol.iterator] === 'function')
        for (const [name, value] of init) this.#pairs.push([String(name), String(value)]);
      else for (const name of Object.keys(init ?? {})) this.#pairs.push([name, String(init[name])]);
    }
    #read(text) {
      const decode = (part) => {
        const spaced = part.replaceAll('+', ' ');
        try {
          return decodeURIComponent(spaced);
        } catch {
          return spaced;
        }
      };
      this.#pairs = text
        .replace(/^\?/, '')
        .split('&')
        .filter((part) => part !== '')
        .map((part) => {
          const at = part.indexOf('=');
          return at < 0 ? [decode(part), ''] : [decode(part.slice(0, at)), decode(part.slice(at + 1))];
        });
    }
    get size() {
      return this.#pairs.length;
    }
    get(name) {
      return this.#pairs.find((pair) => pair[0] === String(name))?.[1] ?? null;
    }
    getAll(name) {
      return this.#pairs.filter((pair) => pair[0] === String(name)).map((pair) => pair[1]);
    }
    has(name) {
      return this.get(name) !== null;
    }
    append(name, value) {
      this.#pairs.push([String(name), String(value)]);
      this.#changed(this);
    }
    set(name, value) {
      const first = this.#pairs.findIndex((pair) => pair[0] === String(name));
      this.#pairs = this.#pairs.filter((pair, at) => pair[0] !== String(name) || at === first);
      if (first < 0) this.#pairs.push([String(name), String(value)]);
      else this.#pairs[first] = [String(name), String(value)];
      this.#changed(this);
    }
    delete(name) {
      this.#pairs = this.#pairs.filter((pair) => pair[0] !== String(name));
      this.#changed(this);
    }
    forEach(run) {
      for (const [name, value] of this.#pairs) run(value, name, this);
    }
    entries() {
      return this.#pairs.map((pair) => [...pair])[Symbol.iterator]();
    }
    keys() {
      return this.#pairs.map(([name]) => name)[Symbol.iterator]();
    }
    values() {
      return this.#pairs.map(([, value]) => value)[Symbol.iterator]();
    }
    [Symbol.iterator]() {
      return this.entries();
    }
    toString() {
      const encode = (part) => encodeURIComponent(part).replaceAll('%20', '+');
      return this.#pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
    }
  }

  const PARTS = [
    'href',
    'protocol',
    'username',
    'password',
    'host',
    'hostname',
    'port',
    'pathname',
    'search',
    'hash',
  ];
  class URL {
    #parts;
    constructor(input, base) {
      this.#parts = kit.readUrl(String(input), base === undefined ? '' : String(base), '', '');
      if (this.#parts === null) throw new TypeError(`Failed to construct 'URL': Invalid URL`);
    }
    static {
      for (const name of PARTS) {
        Object.defineProperty(this.prototype, name, {
          enumerable: true,
          configurable: true,
          get() {
            return this.#parts[name];
          },
          set(value) {
            this.#parts = kit.readUrl(this.#parts.href, '', name, String(value)) ?? this.#parts;
          },
        });
      }
    }
    get origin() {
      return this.#parts.origin;
    }
    get searchParams() {
      return new URLSearchParams(this.#parts.search, (params) => {
        this.search = params.toString();
      });
    }
    toString() {
      return this.#parts.href;
    }
    toJSON() {
      return this.#parts.href;
    }
    static canParse(input, base) {
      return kit.readUrl(String(input), base === undefined ? '' : String(base), '', '') !== null;
    }
    static createObjectURL() {
      throw new TypeError('URL.createObjectURL is not a function');
    }
  }
  /** An absolute address, resolved against the worker's own; returned as written if it is not an address. */
  kit.absolute = (address) => kit.readUrl(String(address), kit.scriptUrl, '', '')?.href ?? String(address);
  kit.define('URL', URL);
  kit.define('URLSearchParams', URLSearchParams);
  const location = kit.readUrl(kit.scriptUrl, '', '', '');
  kit.define('location', Object.freeze({ ...location, toString: () => location.href }));
  kit.define('origin', location.origin);

  class Headers {
    #pairs = new Map();
    constructor(init = []) {
      const pairs = typeof init?.[Symbol.iterator] === 'function' ? init : Object.entries(init ?? {});
      for (const [name, value] of pairs) this.append(name, value);
    }
    append(name, value) {
      const key = String(name).toLowerCase();
      this.#pairs.set(key, this.#pairs.has(key) ? `${this.#pairs.get(key)}, ${value}` : String(value));
    }
    set(name, value) {
      this.#pairs.set(String(name).toLowerCase(), String(value));
    }
    get(name) {
      return this.#pairs.get(String(name).toLowerCase()) ?? null;
    }
    has(name) {
      return this.#pairs.has(String(name).toLowerCase());
    }
    delete(name) {
      this.#pairs.delete(String(name).toLowerCase());
    }
    forEach(run) {
      this.#pairs.forEach((value, name) => run(value, name, this));
    }
    [Symbol.iterator]() {
      return this.#pairs[Symbol.iterator]();
    }
  }

  class Body {
    #text;
    bodyUsed = false;
    constructor(body) {
      this.#text = body === undefined || body === null ? '' : kit.words(body);
    }
    async text() {
      this.bodyUsed = true;
      return this.#text;
    }
    async json() {
      return kit.parse(await this.text());
    }
    async arrayBuffer() {
      return kit.encode(await this.text()).buffer;
    }
    async blob() {
      return new kit.Blob([await this.text()]);
    }
    get textOf() {
      return this.#text;
    }
  }

  class Request extends Body {
    constructor(input, init = {}) {
      super(init.body);
      const from = input instanceof Request ? input : {};
      this.url = from.url ?? kit.absolute(input);
      this.method = String(init.method ?? from.method ?? 'GET').toUpperCase();
      this.headers = new Headers(init.headers ?? from.headers ?? []);
      this.mode = init.mode ?? 'cors';
      this.credentials = init.credentials ?? 'same-origin';
      this.cache = init.cache ?? 'default';
      this.signal = init.signal ?? new globalThis.AbortController().signal;
    }
    clone() {
      return new Request(this);
    }
  }

  class Response extends Body {
    constructor(body, init = {}) {
      super(body);
      this.status = init.status ?? 200;
      this.statusText = init.statusText ?? '';
      this.ok = this.status >= 200 && this.status < 300;
      this.headers = new Headers(init.headers ?? []);
      this.type = 'default';
      this.url = init.url ?? '';
      this.redirected = false;
      this.body = null;
    }
    clone() {
      return new Response(this.textOf, this);
    }
    static json(value, init) {
      return new Response(kit.stringify(value), init);
    }
    static error() {
      return new Response(null, { status: 0 });
    }
    static redirect(url, status = 302) {
      return new Response(null, { status, headers: { location: kit.absolute(url) } });
    }
  }
  for (const one of [Headers, Request, Response]) kit.define(one.name, one);

  kit.define('fetch', async (input, init) => {
    const { url, method } = new Request(input, init);
    const given = method === 'GET' ? kit.files.get(url) : undefined;
    kit.emit({ kind: 'request', via: 'fetch', method, url, given: given !== undefined });
    if (given !== undefined) return new Response(given, { url });
    kit.refusals += 1;
    throw new TypeError('Failed to fetch');
  });

  kit.define('importScripts', (...addresses) => {
    for (const address of addresses) {
      const url = kit.absolute(address);
      const isGiven = kit.files.has(url);
      kit.emit({ kind: 'request', via: 'importScripts', method: 'GET', url, given: isGiven });
      if (!isGiven) {
        throw new kit.DOMException(`The script at '${url}' failed to load.`, 'NetworkError');
      }
      kit.runFile(url);
    }
  });

  class Cache {
    #kept = new Map();
    #key(request) {
      return typeof request === 'object' && request !== null && 'url' in request
        ? request.url
        : kit.absolute(request);
    }
    async match(request) {
      return this.#kept.get(this.#key(request))?.clone();
    }
    async put(request, response) {
      this.#kept.set(this.#key(request), response);
    }
    async add(request) {
      this.#kept.set(this.#key(request), await globalThis.fetch(request));
    }
    async addAll(requests) {
      for (const request of requests) await this.add(request);
    }
    async delete(request) {
      return this.#kept.delete(this.#key(request));
    }
    async keys() {
      return [...this.#kept.keys()].map((url) => new Request(url));
    }
    async matchAll() {
      return [...this.#kept.values()].map((response) => response.clone());
    }
  }
  const named = new Map();
  kit.define('caches', {
    async open(name) {
      const cache = named.get(String(name)) ?? new Cache();
      named.set(String(name), cache);
      return cache;
    },
    async has(name) {
      return named.has(String(name));
    },
    async delete(name) {
      return named.delete(String(name));
    },
    async keys() {
      return [...named.keys()];
    },
    async match(request) {
      for (const cache of named.values()) {
        const found = await cache.match(request);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  });
  kit.define('Cache', Cache);
  kit.define(
    'WebSocket',
    class WebSocket {
      constructor(address) {
        kit.emit({
          kind: 'request',
          via: 'WebSocket',
          method: 'GET',
          url: kit.absolute(address),
          given: false,
        });
        throw new kit.DOMException('The connection was refused.', 'NetworkError');
      }
    },
  );
}
