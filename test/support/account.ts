import type { DeliveryFacts, StoreFacts } from './store-facts.ts';

/** What the push services saw of one device, by their own record. */
export interface ServiceFacts {
  /** Requests that reached the service, whole or not. */
  readonly requests: number;
  /** Messages that it took, whether or not the sender was told. */
  readonly accepted: number;
  /** The ids in those that were opened. */
  readonly messageIds: readonly string[];
}

export const UNSEEN: ServiceFacts = { requests: 0, accepted: 0, messageIds: [] };

/** What comparing the two sides shows. */
export interface Account {
  /** What does not agree, in words; empty when the store tells the truth. */
  readonly problems: readonly string[];
  /** Ids of the deliveries that are on the wire. */
  readonly sending: ReadonlySet<number>;
  /** Ids of those whose outcome nobody knows. */
  readonly unknown: ReadonlySet<number>;
  /** Of the unknown ones: how many the services took. */
  readonly unknownAccepted: number;
  /** Devices that were given the message more than once, each time with an attempt in the store that says so. */
  readonly toldRepeats: number;
}

const OPEN: readonly string[] = ['queued', 'sending', 'retrying'];
/** Not every recipient has a delivery then: they are written when it begins, and not any more once it has been cancelled. */
const UNWRITTEN: readonly string[] = ['scheduled', 'preparing', 'cancelled'];
/** A campaign that was interrupted as they were written may ask first: they are written once the person has resumed it. */
const mayLackSome = ({ state, isWritten }: StoreFacts['campaign']): boolean =>
  UNWRITTEN.includes(state) || (state === 'paused' && isWritten === 0);

/** The engine was killed, or a worker was lost. */
const WHY_UNKNOWN: ReadonlySet<string | null> = new Set(['interrupted', 'worker-lost']);

/**
 * Compares the store with the services' own record. At any moment, and so after every kill, all of this holds:
 *
 * - A request is not made before the store says so: a service has seen a device at most once for each attempt in the store, and once
 *   more while it is `sending`, or `unknown` because it was.
 * - What the store calls accepted, the service took.
 * - What the service took is in the store: as an attempt that was answered 2xx or not at all, or as `sending` or `unknown`. More would be a
 *   repeat in silence.
 */
export function account(
  store: StoreFacts,
  serviceOf: (endpoint: string) => ServiceFacts,
  { messageId, devices }: { messageId: string; devices: number },
): Account {
  const problems = [...store.wrongSums];
  const sending = new Set<number>();
  const unknown = new Set<number>();
  let unknownAccepted = 0;
  let toldRepeats = 0;
  for (const delivery of store.deliveries) {
    const seen = serviceOf(delivery.endpoint);
    problems.push(...disagreements(delivery, seen, messageId));
    if (delivery.state === 'sending') sending.add(delivery.id);
    if (delivery.state === 'unknown') unknown.add(delivery.id);
    if (delivery.state === 'unknown' && seen.accepted > 0) unknownAccepted += 1;
    if (seen.accepted > 1) toldRepeats += 1;
  }
  if (new Set(store.deliveries.map(({ endpoint }) => endpoint)).size !== store.deliveries.length)
    problems.push('A device has two deliveries.');
  if (store.campaign.state === 'scheduled' && store.deliveries.length > 0)
    problems.push(`${store.deliveries.length} deliveries were written before it began.`);
  if (!mayLackSome(store.campaign) && store.deliveries.length !== devices)
    problems.push(`${devices - store.deliveries.length} of ${devices} recipients have no delivery.`);
  for (const endpoint of store.left)
    if (serviceOf(endpoint).requests > 0) problems.push(`${endpoint} got a message without a delivery.`);
  if (store.campaign.state === 'finished')
    for (const { id, state } of store.deliveries)
      if (OPEN.includes(state)) problems.push(`Delivery ${id} is ${state} though the campaign has finished.`);
  return { problems, sending, unknown, unknownAccepted, toldRepeats };
}

function disagreements(delivery: DeliveryFacts, seen: ServiceFacts, messageId: string): string[] {
  const { state, attempts } = delivery;
  const said: string[] = [];
  const unwritten = state === 'sending' || state === 'unknown' ? 1 : 0;
  const answered = attempts.filter(({ status }) => status !== null).length;
  const told = attempts.filter(({ status }) => isAccepted(status)).length;
  const silent = attempts.length - answered;
  const say = (text: string) => said.push(`Delivery ${delivery.id} (${state}): ${text}`);

  if (delivery.attemptCount !== attempts.length)
    say(`counts ${delivery.attemptCount} attempts and keeps ${attempts.length}.`);
  if (seen.requests > attempts.length + unwritten)
    say(`${seen.requests} requests were seen, the store tells of ${attempts.length + unwritten}.`);
  if (seen.requests < answered) say(`${answered} answers are kept, ${seen.requests} requests were seen.`);
  if (seen.accepted < told) say(`${told} answers say accepted, the service took ${seen.accepted}.`);
  if (seen.accepted > told + silent + unwritten)
    say(`the service took it ${seen.accepted} times, the store explains ${told + silent + unwritten}.`);
  if (told > 1) say('it was sent again after it had been accepted.');
  if (state === 'accepted' && !isAccepted(attempts.at(-1)?.status ?? null))
    say('its last attempt does not say so.');
  if (state !== 'accepted' && told > 0) say('an attempt says accepted.');
  if (state === 'unknown' && !WHY_UNKNOWN.has(delivery.diagnosis)) say('nothing says why it is unknown.');
  if ((state === 'failed' || state === 'gone') && delivery.diagnosis === null) say('nothing says why.');
  for (const id of seen.messageIds) if (id !== messageId) say(`the device got the message ${id}.`);
  return said;
}

function isAccepted(status: number | null): boolean {
  return status !== null && status >= 200 && status < 300;
}
