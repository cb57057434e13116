import type { FieldRoles } from './field-role.ts';

/** The hosts of known push services, as the source of a regular expression. */
export const KNOWN_HOSTS = String.raw`(?:(?:fcm|android|gcm-http)\.googleapis\.com|jmt17\.google\.com|[\w.-]{1,60}\.push\.services\.mozilla\.com|[\w.-]{1,60}\.push\.apple\.com|[\w.-]{1,60}\.notify\.windows\.com|permanently-removed\.invalid)`;
const KNOWN_ENDPOINT = new RegExp(`^\\s*https://${KNOWN_HOSTS}/`, 'i');

/** Whether a text is an address of a known push service. */
export const isKnownEndpoint = (text: string): boolean => KNOWN_ENDPOINT.test(text);

/** Whether this value, under this name, makes the object around it a subscription. */
export function isEndpoint(name: string, value: unknown, roles: FieldRoles): boolean {
  const field = roles.of(name);
  if (field?.role === 'endpoint') {
    if (field.sure === 3) return typeof value !== 'object' || value === null;
    if (typeof value !== 'string') return false;
    return field.sure === 2 ? /^\W{0,3}https?:/i.test(value) : KNOWN_ENDPOINT.test(value);
  }
  return typeof value === 'string' && value.length < 5000 && KNOWN_ENDPOINT.test(value);
}

/** Whether a value is an object with an endpoint of its own. */
export const isSubscription = (value: unknown, roles: FieldRoles): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.entries(value).some(([name, one]) => isEndpoint(name, one, roles));
