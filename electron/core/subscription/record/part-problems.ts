import type { Problem } from '../../../contract/problem.ts';
import { spoiledEndpoint } from '../spoiled.ts';
import type { FoundKey } from './key-bytes.ts';

/** The longest endpoint, and the longest key text, that is looked at. */
const MAX_ENDPOINT = 4096;
const MAX_KEY_TEXT = 200;

const WANTED = 'Paste what PushSubscription.toJSON() returns: endpoint, and keys with p256dh and auth.';
const GET_ALL =
  'Messages are encrypted with the browser’s keys. Have the page send JSON.stringify(subscription): it holds endpoint, p256dh and auth.';

/** Why this is no endpoint; `null`: it may be one. */
export function endpointProblem(value: unknown, endpoint: string): Problem | null {
  if (value === undefined || value === null || value === '') return missing('endpoint', 'endpoint');
  if (typeof value !== 'string') return shape('endpoint', 'endpoint has the wrong type.', WANTED);
  if (endpoint === '') return missing('endpoint', 'endpoint');
  if (endpoint.length > MAX_ENDPOINT) return shape('endpoint', 'endpoint is too long.', WANTED);
  // If the endpoint is shortened, its keys are usually left out as well: they are not the problem.
  return spoiledEndpoint(endpoint);
}

/** Why this is no key; `null`: it may be one. */
export function keyProblem(
  name: 'p256dh' | 'auth',
  key: FoundKey | undefined,
  keyCount: number,
): Problem | null {
  const field = `keys.${name}`;
  if (key === undefined) {
    return keyCount === 0
      ? { ...shape(field, `${field} is missing.`, GET_ALL), code: 'keys-missing', cause: NO_KEYS }
      : missing(field, field);
  }
  switch (key.kind) {
    case 'empty':
      return {
        ...shape(field, `${field} is empty: it was turned into JSON without toJSON().`, CALL_TO_JSON),
        code: 'keys-empty',
      };
    case 'foreign':
      return shape(field, `${field} has the wrong type.`, WANTED);
    case 'text':
      if (
        key.text === '' ||
        /^(?:null|none|nil|undefined|nan|n\/a|#n\/a|-|\(null\)|<null>|\\n)$/i.test(key.text)
      )
        return missing(field, field);
      return key.text.length > MAX_KEY_TEXT ? shape(field, `${field} is too long.`, WANTED) : null;
  }
}

const NO_KEYS = 'This has an endpoint, but no keys: keys.p256dh and keys.auth are missing.';
export const KEYS_FOLDED: Problem = {
  code: 'keys-folded',
  cause: 'This object was printed folded: “…” stands where its keys are.',
  cure: 'Print all of it and import that: copy(JSON.stringify(subscription)) in the console of a browser, json_encode() in PHP.',
  field: 'keys.p256dh',
};
const CALL_TO_JSON =
  'In the page, call subscription.toJSON(), or JSON.stringify(subscription) on the object itself and not on a copy of it.';

/** The problem that a part is missing. */
export function missing(field: string, what: string): Problem {
  return shape(field, `${what} is missing.`, field === 'endpoint' ? WANTED : GET_ALL);
}

function shape(field: string, cause: string, cure: string): Problem {
  return { code: 'subscription-shape', cause, cure, field };
}
