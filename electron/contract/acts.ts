import { z } from 'zod';
import { instantSchema } from './common.ts';
import { keyPairIdSchema, subscriptionIdSchema } from './ids.ts';
import { labelSchema, personSchema } from './people.ts';
import { problemSchema } from './problem.ts';
import { procedure } from './procedure.ts';
import { subscriptionFilterSchema } from './subscriptions.ts';

/** Rows that something is done to: chosen ones, or all that match when it begins. */
export const targetSchema = z.union([
  z.strictObject({ ids: z.array(subscriptionIdSchema).min(1).max(1_000_000) }),
  z.strictObject({
    filter: subscriptionFilterSchema,
    /** Those that match and are left out. */
    except: z.array(subscriptionIdSchema).max(100_000).default([]),
  }),
]);
export type Target = z.output<typeof targetSchema>;

const tags = personSchema.shape.tags.min(1);

/** What is done to each of them. */
export const actSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('tag'), tags }),
  z.strictObject({ kind: z.literal('untag'), tags }),
  /** The key pair that they were made with; `null`: not known. */
  z.strictObject({ kind: z.literal('set-key'), keyPairId: keyPairIdSchema.nullable() }),
  z.strictObject({ kind: z.literal('label'), label: labelSchema.nullable() }),
  z.strictObject({ kind: z.literal('bin') }),
  /** Out of the bin with the state they had; outside the bin, those that a push service retired become active again. */
  z.strictObject({ kind: z.literal('restore') }),
]);
export type Act = z.output<typeof actSchema>;

export const actIdSchema = z.uuid().brand<'ActId'>();
export type ActId = z.infer<typeof actIdSchema>;

/**
 * `choosing`: what matches is being found; `stopped`: by the person, and what was changed stays so; `undoing`, `undone`: what it changed
 * gets back what it had.
 */
export const actStateSchema = z.enum([
  'choosing',
  'running',
  'done',
  'stopped',
  'failed',
  'undoing',
  'undone',
]);

/** An act on many rows, in progress or over. */
export const actProgressSchema = z.object({
  id: actIdSchema,
  act: actSchema,
  state: actStateSchema,
  /** Rows that it is about; `null` while they are being found. */
  matched: z.number().int().nullable(),
  /** Rows that have been looked at. */
  done: z.number().int(),
  /** Rows that it changed; the others were that way already. */
  changed: z.number().int(),
  /** Rows that an undo gave back what they had; the others have been changed again since, or erased. */
  restored: z.number().int(),
  startedAt: instantSchema,
  finishedAt: instantSchema.nullable(),
  /** It can be undone until then; `null`: it cannot be, or nothing was changed. */
  undoUntil: instantSchema.nullable(),
  /** Why it failed. */
  problem: problemSchema.nullable(),
});
export type ActProgress = z.infer<typeof actProgressSchema>;

const byId = z.strictObject({ id: actIdSchema });

export const actTopics = ['acts'] as const;

/** Acts on many subscriptions at once, worked off in pieces. */
export const actProcedures = {
  /** Answers when it is over, or after the first few thousand rows; then the rest goes on by itself. */
  start: procedure
    .route({
      method: 'POST',
      path: '/subscriptions/acts',
      summary: 'Tag, untag, label, bin or restore many subscriptions, or set their key',
    })
    .input(z.strictObject({ target: targetSchema, act: actSchema }))
    .output(actProgressSchema),
  /** Those that run or can be undone, newest first. */
  list: procedure
    .route({ method: 'GET', path: '/subscriptions/acts', summary: 'Acts that are running or can be undone' })
    .output(z.object({ items: z.array(actProgressSchema) })),
  get: procedure
    .route({ method: 'GET', path: '/subscriptions/acts/{id}', summary: 'Progress of an act' })
    .input(byId)
    .output(actProgressSchema),
  stop: procedure
    .route({
      method: 'POST',
      path: '/subscriptions/acts/{id}/stop',
      summary: 'Stop an act; what is changed stays',
    })
    .input(byId)
    .output(actProgressSchema),
  /** For a day, also after a restart. */
  undo: procedure
    .route({
      method: 'POST',
      path: '/subscriptions/acts/{id}/undo',
      summary: 'Undo an act',
    })
    .input(byId)
    .output(actProgressSchema),
};
