import type { SubscriptionJson } from '../../electron/contract/http.ts';
import type { ColumnMapping } from '../../electron/contract/subscription-import.ts';

/** A subscription of the benchmark with what its owner knows about it. */
export interface Member extends SubscriptionJson {
  readonly externalId: string;
  readonly label?: string;
  readonly tags: readonly string[];
  readonly attributes: Readonly<Record<Attribute, string>>;
}

const ATTRIBUTES = ['plan', 'language', 'city', 'customer', 'platform', 'browser'] as const;
type Attribute = (typeof ATTRIBUTES)[number];

/** Tags that a tenth of all have each, and one that one in a thousand has. */
export const TAGS = { common: 'topic-3', rare: 'topic-rare' };
/** More than a thousand values: they are looked for in the rows. */
export const CROWDED = 'customer';

const PLANS = ['free', 'pro', 'team'];
const LANGUAGES = ['en', 'de', 'fr', 'es', 'ja', 'no', 'pl', 'pt', 'it', 'nl'];
const NAMES = ['Ada', 'Grace', 'Linus', 'Edsger', 'Barbara', 'Donald', 'Margaret', 'Alan'];

/** Endpoints have the lengths that the services give them. */
export function createMember(index: number, p256dh: string, random: Buffer): Member {
  const token = random.subarray(16).toString('base64url');
  const tags = [`topic-${index % 10}`, `batch-${index % 7}`, index % 1000 === 1 ? TAGS.rare : 'news'];
  return {
    endpoint: endpointOf(index, token),
    expirationTime: null,
    keys: { p256dh, auth: random.subarray(0, 16).toString('base64url') },
    externalId: `user-${index}`,
    ...(index % 4 === 0 ? { label: `${NAMES[index % NAMES.length] ?? ''} ${index}` } : {}),
    tags,
    attributes: {
      plan: PLANS[index % PLANS.length] ?? '',
      language: LANGUAGES[index % LANGUAGES.length] ?? '',
      city: `City ${index % 500}`,
      customer: `customer-${index}`,
      platform: index % 3 === 0 ? 'Windows' : 'Android',
      browser: index % 5 === 0 ? 'Firefox' : 'Chrome',
    },
  };
}

function endpointOf(index: number, token: string): string {
  switch (index % 10) {
    case 0:
    case 1:
      return `https://updates.push.services.mozilla.com/wpush/v2/gAAAAA${token}`;
    case 2:
      return `https://wns2-par02p.notify.windows.com/w/?token=${token}`;
    default:
      return `https://fcm.googleapis.com/fcm/send/${token.slice(0, 11)}:APA91b${token.slice(11, 145)}`;
  }
}

export const TABLE_HEAD = ['endpoint', 'p256dh', 'auth', 'externalId', 'label', 'tags', ...ATTRIBUTES].join(
  ',',
);

export const TABLE_MAPPING: ColumnMapping = Object.fromEntries(
  ATTRIBUTES.map((name) => [name, 'attribute' as const]),
);

/** Only the cell with the tags needs quotes. */
export function tableRow({ endpoint, keys, externalId, label = '', tags, attributes }: Member): string {
  const values = ATTRIBUTES.map((name) => attributes[name]);
  return [endpoint, keys.p256dh, keys.auth, externalId, label, `"${tags.join(', ')}"`, ...values].join(',');
}
