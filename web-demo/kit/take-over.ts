import type { OwnSubscription } from '../../electron/contract/http.ts';
import { identityOf, subscriptionJson } from '../shared/subscription.ts';
import type { makeRegistration, WorkerPlace } from './registration.ts';

/** How long a worker that may know nothing about the kit has to answer, and a new one to begin. */
const HELLO_MS = 1_500;
const BEGIN_MS = 5_000;

/** Whom to ask, once it is known what another sender has left here. */
export interface Taken {
  /** The kit's own, or the other sender's where its file runs the kit. */
  readonly registration: ServiceWorkerRegistration | undefined;
  /** What the worker may bring over without a press: the subscription that its own is to replace; `null`: the one that it has. */
  readonly over?: { readonly from: OwnSubscription | null };
}

/**
 * What another sender's worker on this site has, and who carries on with it.
 *
 * This file is loaded only where a page names such workers.
 *
 * @param workers paths of its files, such as `/OneSignalSDKWorker.js`
 * @param own the kit's registration. @param make makes it
 */
export async function takeOver(
  place: WorkerPlace,
  workers: readonly string[],
  own: ServiceWorkerRegistration | undefined,
  make: typeof makeRegistration,
): Promise<Taken> {
  const all = await navigator.serviceWorker.getRegistrations();
  const others = all.filter((other) => other.scope !== place.scope && workers.includes(pathOf(other)));
  for (const other of others) {
    await renewed(other);
    if ((await greet(other)) !== undefined) return { registration: other, over: { from: null } };
  }
  if (!others[0]) return { registration: own };
  const held = (await Promise.all(others.map((other) => other.pushManager.getSubscription()))).filter(
    (subscription) => subscription !== null,
  );
  if (own && (await own.pushManager.getSubscription())) {
    const { told } = Object(await greet(own)) as { told?: unknown };
    // The engine may still know only theirs: it stays until a later look.
    if (told !== true) return { registration: own };
    // From here on it would only get in the way.
    await Promise.all(held.map((subscription) => subscription.unsubscribe()));
    await Promise.all(others.map((other) => other.unregister()));
    return { registration: own };
  }
  const [theirs] = held;
  if (!theirs || Notification.permission !== 'granted') return { registration: own };
  // It stays until the kit's own is in place and the engine knows it: the next look ends it.
  const made = own ?? (await make(place));
  return 'cure' in made
    ? { registration: own }
    : { registration: made, over: { from: identityOf(subscriptionJson(theirs)) } };
}

const pathOf = ({ active, waiting, installing }: ServiceWorkerRegistration) =>
  new URL((active ?? waiting ?? installing)?.scriptURL ?? location.href).pathname;

/** The answer of a worker that runs the kit's script, whatever its version; `undefined` if it runs none. */
function greet({ active }: ServiceWorkerRegistration): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  return new Promise<unknown>((resolve) => {
    port1.onmessage = ({ data }) => {
      resolve(data);
    };
    setTimeout(resolve, HELLO_MS);
    active?.postMessage({ pushdesk: 'hello' }, [port2]);
  }).finally(() => {
    port1.close();
  });
}

/** Looks for a newer version of its file, and waits a little for that one to run. */
async function renewed(registration: ServiceWorkerRegistration): Promise<void> {
  try {
    await registration.update();
  } catch {
    // The file may be gone; the worker runs on.
  }
  const next = registration.installing ?? registration.waiting;
  if (next === null) return;
  await new Promise((resolve) => {
    setTimeout(resolve, BEGIN_MS);
    next.addEventListener('statechange', () => {
      if (/^(activated|redundant)$/.test(next.state)) resolve(0);
    });
  });
}
