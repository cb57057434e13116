import type { DevicePushService } from '../../../electron/engine/local-push-service/device-push-service.ts';
import type { KitSite, SiteFile } from './kit-site.ts';

const ROUTE = '/stand-in-subscription';

/**
 * Stands before the worker's own code. A Chromium that may not call Google has no subscription to give: this one's belongs to a virtual
 * device of the local push service, which checks token and key and decrypts. It is kept by the site, so that it outlives the worker.
 */
const STAND_IN = `{
  const ask = async (query) => {
    const { json, key } = await (await fetch('${ROUTE}' + query)).json();
    if (json === null) return null;
    return {
      ...json,
      options: { applicationServerKey: key && Uint8Array.fromBase64(key, { alphabet: 'base64url' }).buffer },
      toJSON: () => json,
      unsubscribe: async () => { await ask('?gone'); return true; },
    };
  };
  PushManager.prototype.getSubscription = () => ask('');
  PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
    const wanted = new Uint8Array(applicationServerKey).toBase64({ alphabet: 'base64url', omitPadding: true });
    const current = await ask('');
    const key = current && new Uint8Array(current.options.applicationServerKey)
      .toBase64({ alphabet: 'base64url', omitPadding: true });
    if (current && key === wanted) return current;
    if (current) throw new DOMException('Subscribed with another key.', 'InvalidStateError');
    return ask('?key=' + wanted);
  };
}
`;

/** Subscriptions of one site's worker in Chromium. */
export interface StandIn {
  /** Worker code with the stand-in before it. */
  before(code: string): string;
  /** The endpoint of the newest subscription, also of one that has gone. */
  endpoint(): string;
  /** What the push service decrypted for that endpoint last; `null` before it took a message. */
  newestPayload(): string | null;
}

/** @param service which the engine sends to */
export function standInForPush(site: KitSite, service: DevicePushService): StandIn {
  let current: { device: ReturnType<DevicePushService['registerDevice']>; key: string } | null = null;
  let endpoint = '';
  site.files.set(ROUTE, ({ searchParams }): SiteFile => {
    const key = searchParams.get('key');
    if (searchParams.has('gone')) {
      current?.device.unsubscribe();
      current = null;
    } else if (key !== null) {
      current = { device: service.registerDevice({ applicationServerKey: key }), key };
      endpoint = current.device.endpoint;
    }
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
