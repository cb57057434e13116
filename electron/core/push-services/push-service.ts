import { pushServiceSchema, type PushServiceId } from '../../contract/push-service.ts';
import { PUSH_SERVICES } from './all.ts';

const IN_ORDER = Object.keys(PUSH_SERVICES).map((id) => pushServiceSchema.parse(id));

/**
 * Tells which push service an endpoint belongs to, by its host name.
 *
 * @param endpoint an absolute URL; anything else is `other`.
 */
export function pushServiceOf(endpoint: string): PushServiceId {
  return URL.canParse(endpoint) ? pushServiceAt(new URL(endpoint).hostname) : 'other';
}

/**
 * Tells which push service a host belongs to.
 *
 * @param host as `URL.hostname` gives it; the dot that ends a full name does not count
 */
export function pushServiceAt(host: string): PushServiceId {
  const name = host.replace(/\.$/, '');
  return IN_ORDER.find((id) => PUSH_SERVICES[id].isAt(name)) ?? 'other';
}

/** The name of a push service as used within a sentence, never at its start. */
export function pushServiceName(service: PushServiceId): string {
  return PUSH_SERVICES[service].nameInSentence;
}
