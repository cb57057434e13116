import { subscriptionJsonSchema } from '../../contract/http.ts';
import type { SubscriptionJson } from '../../contract/http.ts';
import type { Problem } from '../../contract/problem.ts';

export type SubscriptionShape =
  { kind: 'shaped'; value: SubscriptionJson } | { kind: 'misshapen'; problem: Problem };

const WANTED = 'Paste what PushSubscription.toJSON() returns: endpoint, and keys with p256dh and auth.';

/**
 * Reads one subscription out of its JSON. Besides the standard's shape it takes two that exports have: `p256dh` and
 * `auth` beside the endpoint, and the whole object as a string of JSON.
 */
export function readSubscriptionJson(json: string): SubscriptionShape {
  return readSubscriptionValue(parse(json));
}

/** The same for JSON that has been parsed; `undefined`: it could not be. */
export function readSubscriptionValue(value: unknown): SubscriptionShape {
  const shaped = toShape(typeof value === 'string' ? parse(value) : value);
  if (shaped === undefined) {
    return misshapen('not-json', 'This is not valid JSON.', 'Copy the whole subscription again.');
  }
  const result = subscriptionJsonSchema.safeParse(shaped);
  if (result.success) return { kind: 'shaped', value: result.data };
  const issue = result.error.issues[0];
  const path = issue?.path.join('.') ?? '';
  const cause = describe(shaped, path, issue?.code === 'too_big');
  return misshapen('subscription-shape', cause, WANTED, path);
}

/** The problem of JSON that is not about a subscription at all. */
export const NOT_A_SUBSCRIPTION: Problem = {
  code: 'not-a-subscription',
  cause: 'There is no endpoint here.',
  cure: WANTED,
};

function parse(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

/** Only the known parts are taken over, so that nothing else of the text gets any further. */
function toShape(value: unknown): Record<string, unknown> | undefined {
  if (!isRecord(value)) return undefined;
  const { endpoint, expirationTime, keys, p256dh, auth } = value;
  return {
    endpoint,
    expirationTime,
    keys: isRecord(keys) ? { p256dh: keys['p256dh'], auth: keys['auth'] } : (keys ?? { p256dh, auth }),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function describe(shape: Record<string, unknown>, path: string, isTooLong: boolean): string {
  const found = path
    .split('.')
    .reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), shape);
  if (found === undefined || found === null || found === '') return `${path} is missing.`;
  return isTooLong ? `${path} is too long.` : `${path} has the wrong type.`;
}

function misshapen(code: string, cause: string, cure: string, field?: string): SubscriptionShape {
  const problem = field === undefined ? { code, cause, cure } : { code, cause, cure, field };
  return { kind: 'misshapen', problem };
}
