import { z } from 'zod';
import { publicKeySchema } from './common.ts';
import { movedInSchema, type MovedIn } from './moves.ts';
import { attributeNameSchema, attributeValueSchema, tagSchema } from './people.ts';
import { problemSchema } from './problem.ts';
import { receiptEventSchema } from './receipts.ts';

/** `GET /config.json`: what the subscribe page needs to know. */
export const pageConfigSchema = z.object({
  /** The application server key in use, or `null` when there is no key pair yet. */
  publicKey: publicKeySchema.nullable(),
});
export type PageConfig = z.infer<typeof pageConfigSchema>;

const endpointSchema = z.string().min(1).max(4096);
/** Only the browser and the store know it: whoever presents it is that browser. */
const authSchema = z.string().min(1).max(200);

/** What `PushSubscription.toJSON()` gives. The engine checks lengths and the curve; this is only the shape. */
export const subscriptionJsonSchema = z.strictObject({
  endpoint: endpointSchema,
  expirationTime: z.number().nullable().optional(),
  keys: z.strictObject({ p256dh: z.string().min(1).max(200), auth: authSchema }),
});
export type SubscriptionJson = z.infer<typeof subscriptionJsonSchema>;

/** A subscription, and the proof that it is one's own. */
export const ownSubscriptionSchema = z.strictObject({ endpoint: endpointSchema, auth: authSchema });
export type OwnSubscription = z.infer<typeof ownSubscriptionSchema>;

/** What the page reports about its browser, and the parameters of the link to it (`?tags=news&plan=pro`). It cannot name a person. */
export const pagePersonSchema = z.strictObject({
  tags: z.array(tagSchema).max(20).optional(),
  /** Topics that the visitor has left since the app was last told. */
  removeTags: z.array(tagSchema).max(20).optional(),
  attributes: z
    .record(attributeNameSchema, attributeValueSchema)
    .refine((all) => Object.keys(all).length <= 20, 'Use at most 20 attributes.')
    .optional(),
});
export type PagePerson = z.infer<typeof pagePersonSchema>;

/** `POST /api/subscriptions`: a browser reports its subscription, on subscribing and on every load. */
export const reportSubscriptionSchema = z.strictObject({
  subscription: subscriptionJsonSchema,
  /** The key it was made with (`subscription.options.applicationServerKey`), which its JSON does not hold. */
  publicKey: publicKeySchema,
  /**
   * The one that this one replaces, after `pushsubscriptionchange` or a change of key. Earlier pages sent only the endpoint: it is
   * accepted, but retires nothing.
   */
  replaces: z.union([ownSubscriptionSchema, z.string().max(4096)]).optional(),
  person: pagePersonSchema.optional(),
  /** Whether its service worker sends receipts. */
  receipts: z.literal(true).optional(),
  /** It came from another sender, whose worker the kit has taken over. */
  movedIn: movedInSchema.optional(),
});
export type ReportSubscription = z.infer<typeof reportSubscriptionSchema>;
export type { MovedIn };

/**
 * Answer to `POST /api/subscriptions`. The same whether it is new, known or in the bin. Only a report whose keys differ from those of a
 * known one is told so: the browser has to know that it must subscribe again.
 */
export const reportAnswerSchema = z.strictObject({ stored: z.literal('known') });
export type ReportAnswer = z.infer<typeof reportAnswerSchema>;

/** `DELETE /api/subscriptions`: the person cancelled. 200 even if the endpoint is unknown or the secret is wrong. */
export const cancelSubscriptionSchema = ownSubscriptionSchema;
export type CancelSubscription = OwnSubscription;

/** The most receipts in one request: what a device kept while it was offline comes in pieces. */
export const MAX_RECEIPTS_AT_ONCE = 50;

/**
 * `POST /api/receipts`: a service worker reports what became of messages that asked for it. No clock of a device is trusted: it says how
 * long ago each thing was.
 */
export const reportReceiptsSchema = z.strictObject({
  endpoint: endpointSchema,
  receipts: z
    .array(
      z.strictObject({
        /** The `id` of the payload. */
        id: z.uuid(),
        /** HMAC-SHA-256 of `receipt ID` with the subscription's `auth` secret for its key, base64url (RFC 2104). */
        proof: z.string().length(43),
        event: receiptEventSchema,
        /** The button that was pressed. */
        action: z.string().min(1).max(100).optional(),
        agoMs: z.number().int().nonnegative(),
      }),
    )
    .min(1)
    .max(MAX_RECEIPTS_AT_ONCE),
});
export type ReportReceipts = z.infer<typeof reportReceiptsSchema>;

/** Answer to `POST /api/receipts`, whatever the outcome: it reveals nothing about the list. */
export const receiptsAnswerSchema = z.strictObject({ taken: z.number().int().nonnegative() });
export type ReceiptsAnswer = z.infer<typeof receiptsAnswerSchema>;

/** Apps that show pages in a view of their own, and what identifies each. */
export const PHONE_SYSTEMS = ['ios', 'android', 'macos', 'windows', 'other'] as const;
export const PHONE_BROWSERS = [
  'safari',
  'chrome',
  'firefox',
  'edge',
  'opera',
  'samsung',
  'brave',
  'other',
] as const;

/** What a page opened through a QR code's link finds around it. Nothing that names a person or a device. */
export const phoneFindingsSchema = z.strictObject({
  system: z.enum(PHONE_SYSTEMS),
  browser: z.enum(PHONE_BROWSERS),
  /** Another app shows the page in a view of its own. */
  isInApp: z.boolean(),
  isSecure: z.boolean(),
  /** Started from the Home Screen. */
  isStandalone: z.boolean(),
  hasServiceWorker: z.boolean(),
  hasPush: z.boolean(),
  hasNotifications: z.boolean(),
  /** `null`: the browser has none to report. */
  permission: z.enum(['default', 'granted', 'denied']).nullable(),
  worker: z.enum(['none', 'starting', 'active']),
  /** Whether the person has the page in view. */
  isVisible: z.boolean(),
  /** How the page is doing: the code of the problem that it shows; `null`: none. */
  problem: z
    .string()
    .regex(/^[a-z-]{1,40}$/)
    .nullable(),
});
export type PhoneFindings = z.infer<typeof phoneFindingsSchema>;

/** `POST /api/phone`: the page says what is missing for push where it runs. Only a page that got a token with its link does so. */
export const reportPhoneSchema = z.strictObject({
  /** Of the link; good for as long as the owner has the QR code in view. */
  token: z.string().regex(/^[\w-]{22}$/),
  /** Made up by the page each time it is opened: of several pages, the one opened last counts. */
  visit: z.string().regex(/^[\da-f]{16}$/),
  findings: phoneFindingsSchema,
  /** The subscription of this browser, once it has one. */
  subscription: ownSubscriptionSchema.optional(),
});
export type ReportPhone = z.infer<typeof reportPhoneSchema>;

/** Answer to `POST /api/phone`; `false`: nobody is looking any longer, so the page need not report. */
export const phoneAnswerSchema = z.strictObject({ watching: z.boolean() });
export type PhoneAnswer = z.infer<typeof phoneAnswerSchema>;

/** Body of every 4xx and 5xx answer of the page's API. */
export const pageErrorSchema = z.object({ error: problemSchema });
export type PageError = z.infer<typeof pageErrorSchema>;

/**
 * What the sender puts into a push message and the service worker reads: flat, as tutorials and most service workers expect it. `id` names
 * the message, so that a worker that runs twice shows it once.
 */
export const pushPayloadSchema = z.object({
  id: z.string().optional(),
  title: z.string(),
  body: z.string().optional(),
  icon: z.string().optional(),
  badge: z.string().optional(),
  image: z.string().optional(),
  tag: z.string().optional(),
  url: z.string().optional(),
  requireInteraction: z.boolean().optional(),
  silent: z.boolean().optional(),
  /** Only together with a tag: browsers throw when there is none. */
  renotify: z.boolean().optional(),
  /** Milliseconds of vibration and pause in turn. */
  vibrate: z.array(z.number()).optional(),
  dir: z.enum(['auto', 'ltr', 'rtl']).optional(),
  lang: z.string().optional(),
  timestamp: z.number().optional(),
  /** Any JSON, for the site's own code. */
  data: z.unknown().optional(),
  /** The number on the app's icon. */
  appBadge: z.number().optional(),
  actions: z
    .array(z.object({ action: z.string(), title: z.string(), url: z.string().optional() }))
    .optional(),
  /** Whether the worker is asked to report when it was received, shown, clicked and closed. */
  receipts: z.boolean().optional(),
});
export type PushPayload = z.infer<typeof pushPayloadSchema>;
