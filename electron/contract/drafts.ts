import { z } from 'zod';
import { audienceSchema } from './campaign-audience.ts';
import { cursorSchema, instantSchema, pageOf, pageSizeSchema } from './common.ts';
import { draftIdSchema } from './ids.ts';
import { procedure } from './procedure.ts';

/** A message that is being written, with everything chosen for it: nothing is checked, so that nothing half-typed is lost. */
export const draftContentSchema = z.strictObject({
  /** Fields by their names; unknown ones are kept. */
  message: z.record(z.string(), z.unknown()),
  /** `null`: it is still to be chosen. */
  audience: audienceSchema.nullable(),
  /** What else Compose keeps, by name: when it goes out, who gets it first. Unknown ones are kept. */
  choices: z.record(z.string(), z.unknown()).default({}),
});
export type DraftContent = z.output<typeof draftContentSchema>;

export const draftSchema = draftContentSchema.extend({
  id: draftIdSchema,
  /** Goes up with each change. */
  revision: z.number().int(),
  updatedAt: instantSchema,
  /** The id under which it will be sent: the same until something in the draft changes, so that pressing Send twice never sends twice. */
  requestId: z.string(),
});
export type Draft = z.output<typeof draftSchema>;

/** A draft as a list shows it. */
export const draftSummarySchema = z.object({
  id: draftIdSchema,
  /** The beginning of its title; empty where there is none yet. */
  title: z.string(),
  /** The beginning of its body. */
  body: z.string(),
  /** Whom it is for; `null`: it is still to be chosen. */
  audienceKind: z.enum(['everyone', 'chosen', 'matching']).nullable(),
  updatedAt: instantSchema,
});
export const draftPageSchema = pageOf(draftSummarySchema);
export type DraftSummary = z.output<typeof draftSummarySchema>;

export const draftTopics = ['drafts', 'templates'] as const;

const byId = z.strictObject({ id: draftIdSchema });

export const draftProcedures = {
  list: procedure
    .route({ method: 'GET', path: '/drafts', summary: 'Drafts, last changed first' })
    .input(z.strictObject({ cursor: cursorSchema.default(null), limit: pageSizeSchema }))
    .output(draftPageSchema),
  get: procedure
    .route({ method: 'GET', path: '/drafts/{id}', summary: 'One draft' })
    .input(byId)
    .output(draftSchema),
  create: procedure
    .route({ method: 'POST', path: '/drafts', successStatus: 201, summary: 'Save a message as a draft' })
    .input(draftContentSchema)
    .output(draftSchema),
  /** `revision`: the one that was read. If it has changed since, nothing is saved, and the answer is a conflict. */
  save: procedure
    .route({ method: 'PATCH', path: '/drafts/{id}', summary: 'Change a draft' })
    .input(draftContentSchema.extend({ id: draftIdSchema, revision: z.number().int() }))
    .output(draftSchema),
  remove: procedure
    .route({ method: 'DELETE', path: '/drafts/{id}', summary: 'Delete a draft' })
    .input(byId)
    .output(z.object({ removed: z.boolean() })),
  /** For a day. */
  restore: procedure
    .route({ method: 'POST', path: '/drafts/{id}/restore', summary: 'Restore a deleted draft' })
    .input(byId)
    .output(draftSchema),
};
