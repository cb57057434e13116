import type { DevicePushService } from '../../../electron/engine/local-push-service/device-push-service.ts';
import type { KitSite, SiteFile } from './kit-site.ts';

const ROUTE = '/stand-in-subscription';
/** Where a site has the worker of the kit. */
export const KIT_WORKER = '/pushdesk/pushdesk-worker.js';

/**
 * Goes before the code of a worker, or of a page that subscribes itself. A Chromium that may not call Google has no subscription to give:
 * this one belongs to a virtual device of the local push service, which checks token and key and decrypts. The site keeps it, for each
 * scope, so that it outlives the worker.
 */
const STAND_IN = `{
  const scopes = new WeakMap();
  const { get } = Object.getOwnPropertyDescriptor(ServiceWorkerRegistration.prototype, 'pushManager');
  Object.defineProperty(ServiceWorkerRegistration.prototype, 'pushManager', {
    get() {
      const manager = get.call(this);
      scopes.set(manager, this.scope);
      return manager;
    },
  });
  const text = (key) => new Uint8Array(key).toBase64({ alphabet: 'base64url', omitPadding: true });
  const ask = async (scope, more = {}) => {
    const answer = await fetch('${ROUTE}?' + new URLSearchParams({ scope, ...more }));
    const { json, key } = await answer.json();
    if (json === null) return null;
    return {
      ...json,
      options: { applicationServerKey: key && Uint8Array.fromBase64(key, { alphabet: 'base64url' }).buffer },
      toJSON: () => json,
      unsubscribe: async () => { await ask(scope, { gone: '' }); return true; },
    };
  };
  PushManager.prototype.getSubscription = function () { return ask(scopes.get(this)); };
  PushManager.prototype.subscribe = async function ({ applicationServerKey }) {
    const scope = scopes.get(this);
    const wanted = text(applicationServerKey);
    const current = await ask(scope);
    if (current && text(current.options.applicationServerKey) === wanted) return current;
    if (current) throw new DOMException('Subscribed with another key.', 'InvalidStateError');
    return ask(scope, { key: wanted });
  };
}
`;

/** Subscriptions of one site's workers in Chromium. */
export interface StandIn {
  /** Code with the stand-in before it. */
  before(code: string): string;
  /** The endpoint of the newest subscription, also of one that has gone. */
  endpoint(): string;
  /** What the push service decrypted for that endpoint last; `null` before it took a message. */
  newestPayload(): string | null;
}

/** @param service which the engine sends to */
export function standInForPush(site: KitSite, service: DevicePushService): StandIn {
  const held = new Map<string, { device: ReturnType<DevicePushService['registerDevice']>; key: string }>();
  let endpoint = '';
  site.files.set(ROUTE, ({ searchParams }): SiteFile => {
    const scope = searchParams.get('scope') ?? '';
    const key = searchParams.get('key');
    if (searchParams.has('gone')) {
      held.get(scope)?.device.unsubscribe();
      held.delete(scope);
    } else if (key !== null) {
      const device = service.registerDevice({ applicationServerKey: key });
      held.set(scope, { device, key });
      endpoint = device.endpoint;
    }
    const current = held.get(scope);
    return {
      body: JSON.stringify({ json: current?.device.subscription ?? null, key: current?.key ?? null }),
      type: 'application/json',
    };
  });
  return {
    before: (code) => STAND_IN + code,
    endpoint: () => endpoint,
    newestPayload: () => service.requests.of(endpoint).findLast(({ accepted }) => accepted)?.payload ?? null,
  };
}

/** A stand-in that goes before the kit's own worker on that site. */
export function standInForKit(site: KitSite, service: DevicePushService): StandIn {
  const standIn = standInForPush(site, service);
  const worker = site.files.get(KIT_WORKER);
  if (typeof worker !== 'string') throw new Error('The site has no worker of the kit.');
  site.files.set(KIT_WORKER, standIn.before(worker));
  return standIn;
}
