import type { Problem } from '../shared/problem.ts';
import { problem } from './problems.ts';

/** Where the worker is, and how it is registered. Addresses are absolute. */
export interface WorkerPlace {
  readonly url: string;
  readonly scope: string;
  /** The worker is the site's own. */
  readonly exists: boolean;
}

const READY_MS = 10_000;

interface ScriptPolicy {
  createScriptURL(url: string): string;
}

interface PolicyFactory {
  createPolicy(name: string, rules: ScriptPolicy): ScriptPolicy;
}

let policy: ScriptPolicy | undefined;

/** Under Trusted Types an address of a script has to come through a policy. */
function trusted(url: string): string {
  try {
    policy ??= (window as { trustedTypes?: PolicyFactory }).trustedTypes?.createPolicy('pushdesk', {
      createScriptURL: (given) => given,
    });
  } catch {
    // The site's policy does not name ours; it may have a default one.
  }
  return policy?.createScriptURL(url) ?? url;
}

/** Waits no longer than that, and ignores what comes later. */
const briefly = (work: Promise<unknown>) =>
  Promise.race([work, new Promise((resolve) => setTimeout(resolve, READY_MS))]);

/** The worker's registration, if there is one; nothing is registered. */
export async function findRegistration({
  scope,
}: WorkerPlace): Promise<ServiceWorkerRegistration | undefined> {
  const found = await navigator.serviceWorker.getRegistration(scope);
  return found?.scope === scope ? found : undefined;
}

/** The worker's registration, once its worker is active, or why there is none. */
export async function makeRegistration(place: WorkerPlace): Promise<ServiceWorkerRegistration | Problem> {
  const { url, scope, exists } = place;
  let registration: ServiceWorkerRegistration | undefined;
  if (exists) {
    // The site may only register its own after its page has loaded.
    await briefly(navigator.serviceWorker.ready);
    registration = await findRegistration(place);
  } else {
    try {
      registration = await navigator.serviceWorker.register(trusted(url), { scope, updateViaCache: 'none' });
    } catch (error) {
      return whyNot(place, error);
    }
    if (!registration.active) await briefly(activated(registration));
  }
  return registration?.active ? registration : problem(exists ? 'worker-missing' : 'worker-blocked', scope);
}

/** `ready` is for a worker whose scope holds the page, and ours holds none. */
const activated = ({ installing, waiting }: ServiceWorkerRegistration): Promise<unknown> =>
  new Promise((resolve) => {
    const worker = installing ?? waiting;
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'activated') resolve(0);
    });
  });

/** Browsers say little about it, so the file is requested once more, like any file. */
async function whyNot({ url, scope }: WorkerPlace, error: unknown): Promise<Problem> {
  if (!url.startsWith(`${location.origin}/`)) return problem('worker-other-site', url);
  try {
    const { ok, status, redirected, headers } = await fetch(url, { cache: 'no-store' });
    if (!ok || redirected) return problem('worker-not-found', `${url} (${redirected ? 'redirect' : status})`);
    const type = headers.get('content-type') ?? '';
    if (!/(java|ecma)script/.test(type)) return problem('worker-wrong-type', `${url} (${type})`);
    if (!scope.startsWith(new URL(headers.get('service-worker-allowed') ?? './', url).href)) {
      return problem('worker-wrong-scope', scope);
    }
  } catch {
    return problem('worker-not-found', url);
  }
  return problem('worker-blocked', error);
}
