const API = '/api/v1';
const NEW_KEY_PAIR = `Create one with POST ${API}/key-pairs, or set yours in PUSHDESK_VAPID_PRIVATE_KEY and PUSHDESK_VAPID_SUBJECT and start Pushdesk again.`;
const OLD_KEY_PAIR =
  'Set that key pair in PUSHDESK_VAPID_PRIVATE_KEY and PUSHDESK_VAPID_SUBJECT and start Pushdesk again. If it is lost, the browser has to subscribe again.';
const CONTACT = `the contact of the key pair (PATCH ${API}/key-pairs/{id}, or PUSHDESK_VAPID_SUBJECT)`;
const TOKEN =
  'On the machine that Pushdesk runs on, use the token in the file api-token of the data folder, or the one in PUSHDESK_API_TOKEN. At the public address, use an access token: "node server.mjs token create" makes one there. Send it in the Authorization header: Bearer, a space, and the token.';
const ALLOW_PRIVATE =
  'If this is your own push service, start Pushdesk with PUSHDESK_ALLOW_PRIVATE_ENDPOINTS=1.';
const OTHER_TTL = 'Send it again with another ttlSeconds, for example 86400 (one day).';

/**
 * [Note: no screens] What to do next if there is no window, for every problem whose cure otherwise leads to a screen. By the code of the
 * problem, or the reason why a subscription is left out. `test/without-screens.test.ts` finds what is missing here.
 */
const CURES: Readonly<Partial<Record<string, string>>> = {
  'no-keys': NEW_KEY_PAIR,
  'no-key': `${NEW_KEY_PAIR} POST ${API}/key-pairs/{id}/use puts one in use.`,
  mismatched: OLD_KEY_PAIR,
  'made-with-another-key': OLD_KEY_PAIR,
  'key-not-held': OLD_KEY_PAIR,
  'key-closed': OLD_KEY_PAIR,
  'registration-refused': OLD_KEY_PAIR,
  deleted: `Restore it with POST ${API}/subscriptions/restore if it should get messages again.`,
  'token-refused': `Check that ${CONTACT} is a real address, that the clock of this computer is right, and that no proxy changes requests. Then try again.`,
  'apple-token-refused': `Change ${CONTACT} to a real address such as mailto:you@example.com, check the clock of this computer, then try again.`,
  'auth-refused': `Check that the right key pair is there, and that ${CONTACT} is a real address. The answer of the service may say more. The subscription was kept.`,
  'topic-refused': 'Send it again with another topic: at most 32 letters, digits, - and _.',
  'ttl-refused': OTHER_TTL,
  'cache-policy-refused': OTHER_TTL,
  'urgency-refused': 'Send it again with the urgency "normal".',
  'payload-too-large': 'Shorten the text or the addresses, then send it again.',
  'private-address': ALLOW_PRIVATE,
  'endpoint-private': ALLOW_PRIVATE,
  'picture-private-address':
    'Use an address on your site. If this is intended, start Pushdesk with PUSHDESK_ALLOW_PRIVATE_ENDPOINTS=1.',
  'attempts-used-up': 'The attempts of the delivery show why. Try again once the problem has passed.',
  'unknown-campaign': `GET ${API}/campaigns lists them.`,
  'draft-sent': `GET ${API}/campaigns lists what was sent. Make a new draft to send it again.`,
  'unknown-delivery': `GET ${API}/campaigns/{id}/deliveries lists them.`,
  'subscription-unknown': `GET ${API}/subscriptions lists them.`,
  'token-missing': TOKEN,
  'token-wrong': TOKEN,
  'token-local':
    'Make an access token with "node server.mjs token create" on the machine that Pushdesk runs on, and use that.',
  'workspace-off': 'Start Pushdesk there with PUSHDESK_REMOTE_WORKSPACE=1.',
  'too-many-wrong-tokens': `Wait a minute. ${TOKEN}`,
  'too-many-new': `Wait an hour. The owner can let more in with POST ${API}/server/growth.`,
  'unusual-growth': `If you expected them, let more in: POST ${API}/server/growth with {"letMoreIn": true}. If not, a program or page is making them up: delete the newest ones with POST ${API}/subscriptions/remove, and close it.`,
  'port-forbidden': 'Set PUSHDESK_PORT to a port from 1024 to 65535, then start Pushdesk again.',
  'cannot-listen': 'Set PUSHDESK_PORT to another port, then start Pushdesk again.',
  'no-public-address': 'Set PUSHDESK_PUBLIC_URL to it, then start Pushdesk again.',
  'foreign-origin':
    'Only the subscribe page itself may do that. If it is behind your proxy, set PUSHDESK_PUBLIC_URL to its address; allow pages of your own with PUSHDESK_SITES.',
  'foreign-host':
    'Use the name localhost, 127.0.0.1 or [::1], and the port of this server. If you put a proxy in front, set PUSHDESK_PUBLIC_URL to its address.',
};

/** Whether `CURES` has an entry for a code or reason. */
export const hasCureWithoutScreens = (code: string): boolean => Object.hasOwn(CURES, code);

/**
 * The same data, with every cure that would lead to a screen replaced by one that works without a screen: for the headless engine, which
 * has only its API and terminal. Plain data is walked through; anything else (streams, bytes) stays as it is.
 */
export function withoutScreens<Data>(data: Data): Data {
  return rewrite(data) as Data;
}

function rewrite(data: unknown): unknown {
  if (Array.isArray(data)) return data.map((item: unknown) => rewrite(item));
  if (!isPlain(data)) return data;
  const entries = Object.entries(data).map(([name, value]): [string, unknown] => [name, rewrite(value)]);
  const rewritten = Object.fromEntries<unknown>(entries);
  const name = data['code'] ?? data['reason'];
  const cure = typeof name === 'string' && Object.hasOwn(CURES, name) ? CURES[name] : undefined;
  return cure === undefined || typeof data['cure'] !== 'string' ? rewritten : { ...rewritten, cure };
}

function isPlain(data: unknown): data is Record<string, unknown> {
  if (typeof data !== 'object' || data === null) return false;
  const prototype: unknown = Object.getPrototypeOf(data);
  return prototype === Object.prototype || prototype === null;
}
