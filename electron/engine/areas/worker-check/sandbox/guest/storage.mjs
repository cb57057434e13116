/** The part of IndexedDB that service workers usually need, kept in memory. See `events.mjs`. */
export function installStorage(kit) {
  const databases = new Map();
  const keyOf = (key) => kit.stringify(key);

  class Requested extends kit.EventTarget {
    result = undefined;
    error = null;
    onsuccess = null;
    onerror = null;
    onupgradeneeded = null;
    onblocked = null;
    readyState = 'pending';
  }
  const fire = (target, type) => {
    const event = new kit.Event(type, { cancelable: true });
    event.oldVersion = 0;
    event.newVersion = 1;
    target.dispatchEvent(event);
  };
  /** Answers in a task of its own, after the caller has attached its listeners. */
  const answer = (work, transaction) => {
    const request = Object.assign(new Requested(), { transaction: transaction ?? null });
    if (transaction !== undefined) transaction.open += 1;
    globalThis.setTimeout(() => {
      try {
        request.result = work(request);
        request.readyState = 'done';
        fire(request, 'success');
      } catch (error) {
        Object.assign(request, { error, readyState: 'done' });
        fire(request, 'error');
      }
      if (transaction !== undefined) {
        transaction.open -= 1;
        transaction.settle();
      }
    }, 0);
    return request;
  };
  class KeyRange {
    constructor(lower, upper) {
      Object.assign(this, { lower, upper });
    }
    static only(value) {
      return new KeyRange(value, value);
    }
    static bound(lower, upper) {
      return new KeyRange(lower, upper);
    }
    static lowerBound(lower) {
      return new KeyRange(lower, undefined);
    }
    static upperBound(upper) {
      return new KeyRange(undefined, upper);
    }
    includes(key) {
      if (this.lower === this.upper) return keyOf(this.lower) === keyOf(key);
      return (
        (this.lower === undefined || this.lower <= key) && (this.upper === undefined || key <= this.upper)
      );
    }
  }
  const inRange = (range, key) => {
    if (range === undefined || range === null) return true;
    return range instanceof KeyRange ? range.includes(key) : keyOf(range) === keyOf(key);
  };

  class Store {
    constructor(name, options, transaction) {
      Object.assign(this, {
        name,
        keyPath: options.keyPath ?? null,
        autoIncrement: options.autoIncrement === true,
      });
      Object.assign(this, {
        rows: options.rows,
        counter: options.counter,
        transaction,
        indexNames: options.indexNames,
      });
    }
    #put(value, key, isNew) {
      const copy = kit.clone(value);
      let own = this.keyPath === null ? key : copy[this.keyPath];
      if (own === undefined && this.autoIncrement) {
        own = this.counter.next;
        this.counter.next += 1;
        if (this.keyPath !== null) copy[this.keyPath] = own;
      }
      if (own === undefined) throw new kit.DOMException('The row has no key.', 'DataError');
      if (isNew && this.rows.has(keyOf(own)))
        throw new kit.DOMException('The key is taken.', 'ConstraintError');
      this.rows.set(keyOf(own), { key: own, value: copy });
      return own;
    }
    #all(range) {
      return [...this.rows.values()].filter(({ key }) => inRange(range, key));
    }
    put(value, key) {
      return answer(() => this.#put(value, key, false), this.transaction);
    }
    add(value, key) {
      return answer(() => this.#put(value, key, true), this.transaction);
    }
    get(key) {
      return answer(() => kit.clone(this.#all(key)[0]?.value), this.transaction);
    }
    getAll(range) {
      return answer(() => this.#all(range).map(({ value }) => kit.clone(value)), this.transaction);
    }
    getAllKeys(range) {
      return answer(() => this.#all(range).map(({ key }) => key), this.transaction);
    }
    getKey(key) {
      return answer(() => this.#all(key)[0]?.key, this.transaction);
    }
    count(range) {
      return answer(() => this.#all(range).length, this.transaction);
    }
    delete(key) {
      return answer(() => {
        for (const row of this.#all(key)) this.rows.delete(keyOf(row.key));
      }, this.transaction);
    }
    clear() {
      return answer(() => void this.rows.clear(), this.transaction);
    }
    openCursor(range) {
      const rows = this.#all(range);
      let at = 0;
      const request = answer(() => cursor(), this.transaction);
      const cursor = () => {
        const row = rows[at];
        if (row === undefined) return null;
        return {
          key: row.key,
          primaryKey: row.key,
          value: kit.clone(row.value),
          continue: () => {
            at += 1;
            this.transaction.open += 1;
            globalThis.setTimeout(() => {
              request.result = cursor();
              fire(request, 'success');
              this.transaction.open -= 1;
              this.transaction.settle();
            }, 0);
          },
          delete: () => this.delete(row.key),
          update: (value) => this.put(value, this.keyPath === null ? row.key : undefined),
        };
      };
      return request;
    }
    createIndex(name, keyPath) {
      this.indexNames.names.push(name);
      this.indexNames.paths[name] = keyPath;
      return this.index(name);
    }
    index(name) {
      const path = this.indexNames.paths[name];
      const found = (value) => this.#all().filter((row) => inRange(value, row.value[path]));
      return {
        name,
        get: (value) => answer(() => kit.clone(found(value)[0]?.value), this.transaction),
        getAll: (value) => answer(() => found(value).map((row) => kit.clone(row.value)), this.transaction),
        count: (value) => answer(() => found(value).length, this.transaction),
        openCursor: () => this.openCursor(),
      };
    }
  }

  class Transaction extends kit.EventTarget {
    open = 0;
    isDone = false;
    error = null;
    oncomplete = null;
    onerror = null;
    onabort = null;
    constructor(database) {
      super();
      this.db = database;
      globalThis.setTimeout(() => this.settle(), 0);
    }
    objectStore(name) {
      const options = this.db.stores.get(String(name));
      if (options === undefined) throw new kit.DOMException(`There is no store "${name}".`, 'NotFoundError');
      return new Store(String(name), options, this);
    }
    settle() {
      if (this.open > 0 || this.isDone) return;
      globalThis.setTimeout(() => {
        if (this.open > 0 || this.isDone) return;
        this.isDone = true;
        fire(this, 'complete');
      }, 0);
    }
    commit() {}
    abort() {
      this.isDone = true;
      fire(this, 'abort');
    }
  }

  class Database extends kit.EventTarget {
    stores = new Map();
    onversionchange = null;
    onclose = null;
    constructor(name) {
      super();
      this.name = name;
      this.version = 0;
    }
    get objectStoreNames() {
      const names = [...this.stores.keys()];
      names.contains = (name) => this.stores.has(String(name));
      return names;
    }
    createObjectStore(name, options = {}) {
      const indexNames = { names: [], paths: {}, contains: (one) => indexNames.names.includes(one) };
      const { keyPath, autoIncrement } = options;
      this.stores.set(String(name), {
        keyPath,
        autoIncrement,
        rows: new Map(),
        counter: { next: 1 },
        indexNames,
      });
      return this.upgrade.objectStore(name);
    }
    deleteObjectStore(name) {
      this.stores.delete(String(name));
    }
    transaction() {
      return new Transaction(this);
    }
    close() {}
  }

  kit.define('indexedDB', {
    open(name, version) {
      const request = answer(() => {
        const database = databases.get(String(name)) ?? new Database(String(name));
        databases.set(String(name), database);
        const wanted = version ?? (database.version || 1);
        if (wanted < database.version)
          throw new kit.DOMException('There is a newer version.', 'VersionError');
        if (wanted > database.version) {
          request.result = database;
          database.upgrade = new Transaction(database);
          request.transaction = database.upgrade;
          database.version = wanted;
          fire(request, 'upgradeneeded');
        }
        return database;
      });
      return request;
    },
    deleteDatabase(name) {
      return answer(() => void databases.delete(String(name)));
    },
    async databases() {
      return [...databases.values()].map(({ name, version }) => ({ name, version }));
    },
    cmp: (one, other) => (one < other ? -1 : one > other ? 1 : 0),
  });
  for (const [name, one] of Object.entries({
    IDBKeyRange: KeyRange,
    IDBRequest: Requested,
    IDBOpenDBRequest: Requested,
    IDBDatabase: Database,
    IDBTransaction: Transaction,
    IDBObjectStore: Store,
    IDBIndex: class IDBIndex {},
    IDBCursor: class IDBCursor {},
  })) {
    kit.define(name, one);
  }
}
