import { z } from 'zod';
import { publicKeySchema } from './common.ts';
import { problemSchema } from './problem.ts';

/** `GET /config.json`: what the subscribe page needs to know. */
export const pageConfigSchema = z.object({
  /** The application server key in use, or `null` when there is no key pair yet. */
  publicKey: publicKeySchema.nullable(),
});
export type PageConfig = z.infer<typeof pageConfigSchema>;

/** What `PushSubscription.toJSON()` gives. The engine checks lengths and the curve; here is only the shape. */
export const subscriptionJsonSchema = z.object({
  endpoint: z.string().min(1).max(4096),
  expirationTime: z.number().nullable().optional(),
  keys: z.object({ p256dh: z.string().min(1).max(200), auth: z.string().min(1).max(200) }),
});
export type SubscriptionJson = z.infer<typeof subscriptionJsonSchema>;

/** `POST /api/subscriptions`: a browser tells its subscription, on subscribing and on every load. */
export const reportSubscriptionSchema = z.object({
  subscription: subscriptionJsonSchema,
  /** The key it was made with (`subscription.options.applicationServerKey`), which its JSON does not hold. */
  publicKey: publicKeySchema,
  /** The endpoint that this one replaces, after `pushsubscriptionchange` or a change of key. */
  replaces: z.string().max(4096).optional(),
});
export type ReportSubscription = z.infer<typeof reportSubscriptionSchema>;

/** Answer to `POST /api/subscriptions`: 201 for a new one, 200 for a known one. */
export const reportAnswerSchema = z.object({ stored: z.enum(['new', 'known']) });
export type ReportAnswer = z.infer<typeof reportAnswerSchema>;

/** `DELETE /api/subscriptions`: the person cancelled. 200 also when nobody knows the endpoint. */
export const cancelSubscriptionSchema = z.object({
  endpoint: z.string().min(1).max(4096),
  /** Proof that the caller is that browser: only it and the store know the secret. */
  auth: z.string().min(1).max(200),
});
export type CancelSubscription = z.infer<typeof cancelSubscriptionSchema>;

/** Body of every 4xx and 5xx answer of the page's API. */
export const pageErrorSchema = z.object({ error: problemSchema });
export type PageError = z.infer<typeof pageErrorSchema>;

/**
 * What the sender puts into a push message and the service worker reads: flat, as tutorials and most service workers have it.
 * `id` names the message, so that a worker that runs twice shows it once.
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
  actions: z
    .array(z.object({ action: z.string(), title: z.string(), url: z.string().optional() }))
    .optional(),
});
export type PushPayload = z.infer<typeof pushPayloadSchema>;
