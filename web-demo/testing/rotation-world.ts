import type { CancelSubscription, ReportSubscription } from '../../electron/contract/http.ts';
import type { AppClient } from '../shared/app-client.ts';
import { CLOSED, fakePushSubscription, json, KEY_A, KEY_B } from './fakes.ts';

/** Where a page, a worker or the network may end: before or after each step that leaves a trace outside. */
const CUTS = ['unsubscribe', 'subscribe', 'report', 'cancel'] as const;
export type Cut = `${'before' | 'after'} ${(typeof CUTS)[number]}` | 'never';

/** Every way in which a change of key can be cut short, and none. */
export const EVERYWHERE = [
  'never' as Cut,
  ...CUTS.flatMap((step): Cut[] => [`before ${step}`, `after ${step}`]),
].flatMap((cut) => (['killed', 'offline'] as const).map((how) => ({ cut, how })));

interface Row {
  active: boolean;
  auth: string;
  key: string;
  /** Whose it is: passed on to the one that takes its place, if that one proves it. */
  person: string | null;
}

/**
 * A browser and an engine that outlive whatever talks to them. `cut` says where the page or worker ends: from there on nothing that it asks
 * for settles, or all of it fails, as it does without a network.
 */
export function rotationWorld() {
  const rows = new Map<string, Row>();
  const world = {
    rows,
    key: KEY_A,
    permission: 'granted' as NotificationPermission,
    held: null as PushSubscription | null,
    made: 0,
    cut: 'never' as Cut,
    how: 'killed' as 'killed' | 'offline',
    isCut: false,
    /** The push service fails, and nothing else does. */
    isServiceAway: false,
  };

  let tellEnd: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    tellEnd = resolve;
  });
  const cutAt = (point: Cut): boolean => {
    if (world.cut === point) {
      world.isCut = true;
      tellEnd();
    }
    return world.isCut;
  };

  const ending = <Value>(): Promise<Value> =>
    world.how === 'killed'
      ? new Promise<Value>(() => undefined)
      : Promise.reject(new DOMException('', 'AbortError'));

  async function step<Value>(name: (typeof CUTS)[number], work: () => Value): Promise<Value> {
    if (cutAt(`before ${name}`)) return ending();
    const value = work();
    if (cutAt(`after ${name}`)) return ending();
    return Promise.resolve(value);
  }

  const pushManager = {
    getSubscription: () => (world.isCut && world.how === 'killed' ? ending() : Promise.resolve(world.held)),
    subscribe: ({ applicationServerKey }: { applicationServerKey: Uint8Array }) => {
      if (world.permission !== 'granted') return Promise.reject(new DOMException('', 'NotAllowedError'));
      if (world.isServiceAway) return Promise.reject(new DOMException('', 'AbortError'));
      return step('subscribe', () => {
        if (world.held !== null) throw new DOMException('', 'InvalidStateError');
        world.made += 1;
        const key = applicationServerKey[1] === 0 ? KEY_A : KEY_B;
        return (world.held = own(`sub-${world.made}`, key));
      });
    },
  };

  function own(name: string, key: string): PushSubscription {
    return Object.assign(fakePushSubscription(name, key), {
      unsubscribe: () =>
        step('unsubscribe', () => {
          world.held = null;
          return true;
        }),
    });
  }

  const report = ({ subscription, publicKey, replaces }: ReportSubscription) => {
    const { endpoint, keys } = subscription;
    const before = rows.get(endpoint);
    rows.set(endpoint, {
      active: true,
      auth: keys.auth,
      key: publicKey,
      person: before?.person ?? null,
    });
    if (typeof replaces !== 'object' || replaces.endpoint === endpoint) return;
    const old = rows.get(replaces.endpoint);
    const now = rows.get(endpoint);
    if (old === undefined || now === undefined || old.auth !== replaces.auth) return;
    old.active = false;
    now.person ??= old.person;
  };

  const cancel = ({ endpoint, auth }: CancelSubscription) => {
    const row = rows.get(endpoint);
    if (row?.auth === auth) row.active = false;
  };

  const answer = async <Value>(work: () => Promise<Value>) => {
    try {
      return { kind: 'done' as const, value: await work() };
    } catch {
      return { kind: 'problem' as const, problem: CLOSED };
    }
  };

  const app: AppClient = {
    publicKey: () => answer(() => (world.isCut ? ending<string>() : Promise.resolve(world.key))),
    report: (said) =>
      answer(() =>
        step('report', () => {
          report(said);
          return 'known' as const;
        }),
      ),
    cancel: (said) =>
      answer(() =>
        step('cancel', () => {
          cancel(said);
          return true;
        }),
      ),
    tell: () => Promise.resolve(true),
  };

  /** Ann is subscribed with the first key, and the engine knows it. */
  world.held = own('old', KEY_A);
  rows.set(json('old').endpoint, { active: true, auth: 'auth of old', key: KEY_A, person: 'Ann' });

  return {
    world,
    pushManager: pushManager as unknown as PushManager,
    app,
    /** Runs until it is through, or ends where it was cut. Then page or worker starts afresh, with a network. */
    async cutShort(visit: Promise<unknown>) {
      await (world.how === 'killed' ? Promise.race([visit, ended]) : visit);
      Object.assign(world, { cut: 'never', isCut: false });
    },
    active: () => [...rows.values()].filter((row) => row.active),
  };
}
