import { z } from 'zod';
import { instantSchema } from './common.ts';
import { keyPairIdSchema } from './ids.ts';

const count = z.number().int().nonnegative();

/** A key pair, as far as it is still known; its id is `null` once it was removed. */
const rotatedPairSchema = z.object({
  id: keyPairIdSchema.nullable(),
  name: z.string().nullable(),
  publicKey: z.string(),
});

/**
 * A change of key, and how far it has got. Until a browser visits, its subscription stays with the old pair, which keeps sending to it; on
 * its next visit, page and kit subscribe it with the new one.
 */
export const keyRotationSchema = z.object({
  id: z.number().int(),
  from: rotatedPairSchema,
  /** The one in use, even if the key was changed again since. */
  to: rotatedPairSchema,
  startedAt: instantSchema,
  /** `finished`: no active subscription is left with the old pair. `cancelled`: the old pair is in use again. */
  state: z.enum(['moving', 'finished', 'cancelled']),
  endedAt: instantSchema.nullable(),
  /** Active subscriptions of the old pair when it began. */
  startedWith: count,
  moved: count,
  /** Active subscriptions that are still with the old pair. */
  left: count,
  /** When those were last seen on a page of the site; the rest were seen longer ago, or not since Pushdesk began to record it. */
  leftSeen: z.object({ inWeek: count, inMonth: count }),
  /** How many moved from one hour to the next, oldest first; hours without any are left out. */
  hours: z.array(z.object({ from: instantSchema, moved: count })),
});
export type KeyRotation = z.infer<typeof keyRotationSchema>;

/** What a browser that came from another sender reports: its subscription went on as it was, or a new one took its place. */
export const movedInSchema = z.enum(['kept', 'renewed']);
export type MovedIn = z.infer<typeof movedInSchema>;

/** How far the move from another sender has got. */
export const movingInSchema = z.object({
  kept: count,
  renewed: count,
  /** Imported and active, but not yet seen from a browser. They still get messages if their key is here. */
  toCome: count,
  hours: z.array(z.object({ from: instantSchema, kept: count, renewed: count })),
});
export type MovingIn = z.infer<typeof movingInSchema>;
