import { z } from 'zod';
import { segmentIdSchema, subscriptionIdSchema } from './ids.ts';
import { externalIdSchema, tagSchema } from './people.ts';
import { subscriptionFilterSchema } from './subscriptions.ts';

const subscriptionIdsSchema = z.array(subscriptionIdSchema).min(1).max(1_000_000);

/** A part of an audience. Rows in the bin are in none. */
export const audiencePartSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('segment'), id: segmentIdSchema }),
  z.strictObject({ kind: z.literal('filter'), filter: subscriptionFilterSchema }),
  z.strictObject({ kind: z.literal('tag'), tag: tagSchema }),
  z.strictObject({ kind: z.literal('chosen'), ids: subscriptionIdsSchema }),
  z.strictObject({
    kind: z.literal('externalIds'),
    externalIds: z.array(externalIdSchema).min(1).max(10_000),
  }),
  z.strictObject({ kind: z.literal('endpoints'), endpoints: z.array(z.string().max(4096)).min(1).max(1000) }),
]);
export type AudiencePart = z.infer<typeof audiencePartSchema>;

/** Left out of it, whatever else includes them. */
const leaveOut = z.array(audiencePartSchema).max(50).optional();

/**
 * Who gets a campaign. `chosen` with one id is a send to one; `matching`: everyone who is in at least one of the parts when it starts. Both
 * without those whom they leave out.
 */
export const audienceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('everyone'), leaveOut }),
  z.strictObject({ kind: z.literal('chosen'), ids: subscriptionIdsSchema, leaveOut }),
  z.strictObject({
    kind: z.literal('matching'),
    anyOf: z.array(audiencePartSchema).min(1).max(50),
    leaveOut,
  }),
]);
export type Audience = z.infer<typeof audienceSchema>;

/** A part as it was meant when the campaign started: a segment with its name and filter, and how many were chosen. */
export const keptAudiencePartSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('segment'),
    id: segmentIdSchema,
    name: z.string(),
    filter: subscriptionFilterSchema,
  }),
  z.object({ kind: z.literal('filter'), filter: subscriptionFilterSchema }),
  z.object({ kind: z.literal('tag'), tag: z.string() }),
  z.object({ kind: z.enum(['chosen', 'externalIds', 'endpoints']), count: z.number().int() }),
]);
/** Whom a campaign meant. */
export const keptAudienceSchema = z.object({
  kind: z.enum(['everyone', 'chosen', 'matching']),
  /** For a person: `Newsletter or VIP, without tag staff`. */
  text: z.string(),
  anyOf: z.array(keptAudiencePartSchema),
  leaveOut: z.array(keptAudiencePartSchema),
  /** What of it nobody had when the campaign started, such as a misspelt tag. */
  remarks: z.array(z.string()).default([]),
});
export type KeptAudience = z.infer<typeof keptAudienceSchema>;
export type KeptAudiencePart = z.infer<typeof keptAudiencePartSchema>;
