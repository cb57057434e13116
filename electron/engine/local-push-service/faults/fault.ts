import { validateHeaderName, validateHeaderValue } from 'node:http';
import { z } from 'zod';
import { SERVICE_REFUSALS } from '../../../core/push-services/dialects/refusal.ts';
import { dialectNameSchema } from '../dialects.ts';

const milliseconds = z.number().min(0).max(86_400_000);
const bytes = z.number().int().min(1).max(1_073_741_824);
/** On HTTP/2, a cut `connection` takes all its requests with it; `stream` resets one. */
const cutSchema = z.enum(['connection', 'stream']).default('connection');
const retryAfterSchema = z.object({
  seconds: z.number().int().min(0).max(31_536_000),
  form: z.enum(['seconds', 'date']),
});
/** These concern the connection, not the answer, and HTTP/2 does not allow them (RFC 9113 §8.2.2). */
const OF_THE_LINE = /^(connection|content-length|keep-alive|proxy-connection|te|transfer-encoding|upgrade)$/i;
const headersSchema = z
  .record(z.string(), z.string())
  .refine((headers) => Object.entries(headers).every(([name, value]) => isSendable(name, value)), {
    message: 'a header that cannot be sent',
  })
  .transform((headers) =>
    Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
  );

/**
 * What goes wrong with a request. `accepts` says whether the message is accepted although the sender does not learn of it: the case in
 * which a repeat would show it twice.
 */
export const faultEffectSchema = z.discriminatedUnion('kind', [
  /** Any answer instead of the right one; without `body`, what the imitated service says with that status. */
  z.object({
    kind: z.literal('answer'),
    status: z.number().int().min(200).max(599),
    headers: headersSchema.optional(),
    body: z.string().optional(),
    retryAfter: retryAfterSchema.optional(),
  }),
  /** Refused for a reason that does not apply, in the words of the imitated service. */
  z.object({
    kind: z.literal('refuse'),
    refusal: z.enum(SERVICE_REFUSALS),
    retryAfter: retryAfterSchema.optional(),
  }),
  /** One of the unusual answers that the imitated service gives now and then, in turn (`Dialect.oddities`). The message is not accepted. */
  z.object({ kind: z.literal('odd') }),
  /** The right answer, late. Combines with any other effect. */
  z.object({ kind: z.literal('delay'), milliseconds }),
  /** `Date` (and `Retry-After` as a date) from a clock that is wrong by this much. Combines with any other effect. */
  z.object({ kind: z.literal('clock'), offsetMilliseconds: z.number().int() }),
  /** No answer, ever; the connection stays open. */
  z.object({ kind: z.literal('stall'), accepts: z.boolean().default(false) }),
  /** The connection is cut before any answer. */
  z.object({ kind: z.literal('drop'), accepts: z.boolean().default(false), cut: cutSchema }),
  /** The connection is cut after status, headers and a part of the body; the message is accepted or refused as usual. */
  z.object({ kind: z.literal('drop-in-answer'), cut: cutSchema }),
  /** The right answer, with a body of this many bytes that comes one byte at a time. */
  z.object({ kind: z.literal('drip'), bytes, everyMilliseconds: milliseconds }),
  /** The right answer, with a body of this many bytes, as fast as the connection takes it. */
  z.object({ kind: z.literal('oversize'), bytes }),
  /** The right answer, or one with that status, followed by this many bytes of extra words: in a field and in the body. */
  z.object({
    kind: z.literal('talk'),
    status: z.number().int().min(200).max(599).optional(),
    bodyBytes: z.number().int().min(0).max(60_000),
    headerBytes: z.number().int().min(0).max(12_000).default(0),
    /** Different words in each answer; otherwise the same in all of them. */
    varied: z.boolean().default(true),
  }),
]);
export type FaultEffect = z.infer<typeof faultEffectSchema>;
export type FaultKind = FaultEffect['kind'];

/** A fault, and which requests it hits. Without any limit it hits every request. */
export const faultRuleSchema = z.object({
  effect: faultEffectSchema,
  /** Only subscriptions at this imitated service. */
  dialect: dialectNameSchema.optional(),
  /** Only this subscription. */
  endpoint: z.string().optional(),
  /** Lets this many matching requests pass first. */
  skip: z.number().int().min(0).default(0),
  /** Hits this many requests, then no more. */
  times: z.number().int().min(1).optional(),
  /** Chance that a matching request is hit. */
  probability: z.number().min(0).max(1).optional(),
});
export type FaultRule = z.output<typeof faultRuleSchema>;
/** As written by hand: anything with a default may be omitted. */
export type FaultRuleInput = z.input<typeof faultRuleSchema>;

/** The faults that hit one request. */
export interface FaultPlan {
  readonly delayMilliseconds: number;
  readonly clockOffsetMilliseconds: number;
  /** The first matching effect, other than a delay and a wrong clock. */
  readonly effect: Exclude<FaultEffect, { kind: 'delay' | 'clock' }> | null;
}

function isSendable(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return !OF_THE_LINE.test(name);
  } catch {
    return false;
  }
}
