import { z } from 'zod';
import { actProgressSchema } from './acts.ts';
import { segmentIdSchema } from './ids.ts';
import { attributeNameSchema, labelSchema, tagSchema } from './people.ts';
import { procedure } from './procedure.ts';
import { subscriptionFilterSchema } from './subscriptions.ts';

/** Unique; case is ignored. */
export const segmentNameSchema = labelSchema.pipe(z.string().max(80, 'Use at most 80 characters.'));

/** A filter that was saved under a name. */
export const segmentSchema = z.object({
  id: segmentIdSchema,
  name: z.string(),
  filter: subscriptionFilterSchema,
  /** Rows that match now. */
  count: z.number().int(),
  /** Those of them that are active. */
  activeCount: z.number().int(),
});
export type Segment = z.output<typeof segmentSchema>;

const tagCountSchema = z.object({
  name: z.string(),
  /** Rows outside the bin. */
  count: z.number().int(),
});

const attributeSchema = z.object({
  name: z.string(),
  /** Rows that have it, the bin included. */
  count: z.number().int(),
  /** The most frequent ones. */
  values: z.array(z.object({ value: z.string(), count: z.number().int() })),
  /** There are more values than these. */
  hasMoreValues: z.boolean(),
});

export const audienceTopics = ['segments', 'tags'] as const;

const segments = {
  /** In the order of their names. */
  list: procedure
    .route({ method: 'GET', path: '/segments', summary: 'Segments, with how many match' })
    .output(z.object({ items: z.array(segmentSchema) })),
  get: procedure
    .route({ method: 'GET', path: '/segments/{id}', summary: 'One segment' })
    .input(z.strictObject({ id: segmentIdSchema }))
    .output(segmentSchema),
  create: procedure
    .route({ method: 'POST', path: '/segments', successStatus: 201, summary: 'Save a filter as a segment' })
    .input(z.strictObject({ name: segmentNameSchema, filter: subscriptionFilterSchema }))
    .output(segmentSchema),
  update: procedure
    .route({ method: 'PATCH', path: '/segments/{id}', summary: 'Rename a segment or change its filter' })
    .input(
      z.strictObject({
        id: segmentIdSchema,
        name: segmentNameSchema.optional(),
        filter: subscriptionFilterSchema.optional(),
        /** What the caller saw before: if that is out of date, nothing is changed. */
        was: z.strictObject({ name: z.string(), filter: subscriptionFilterSchema }).partial().optional(),
      }),
    )
    .output(segmentSchema),
  /** The subscriptions stay. Campaigns keep the audience that they had. */
  remove: procedure
    .route({ method: 'DELETE', path: '/segments/{id}', summary: 'Remove a segment' })
    .input(z.strictObject({ id: segmentIdSchema }))
    .output(z.object({ removed: z.boolean() })),
  /** With the id that it had, by which campaigns and drafts name it. Works for five minutes, but not once the engine has ended. */
  restore: procedure
    .route({ method: 'POST', path: '/segments/{id}/restore', summary: 'Restore a segment just removed' })
    .input(z.strictObject({ id: segmentIdSchema }))
    .output(segmentSchema),
};

const tags = {
  /** In the order of their names; a tag exists as long as a row has it. */
  list: procedure
    .route({ method: 'GET', path: '/tags', summary: 'Tags, with how many have each' })
    .output(z.object({ items: z.array(tagCountSchema) })),
  /** Everywhere, also in segments. Where the new name exists already, the two tags become one. */
  rename: procedure
    .route({ method: 'POST', path: '/tags/rename', summary: 'Rename a tag everywhere' })
    .input(z.strictObject({ name: tagSchema, to: tagSchema }))
    .output(z.object({ name: z.string(), count: z.number().int() })),
  /** From every row, the bin included. */
  remove: procedure
    .route({ method: 'POST', path: '/tags/remove', summary: 'Remove a tag from everyone who has it' })
    .input(z.strictObject({ name: tagSchema }))
    .output(actProgressSchema),
};

const attributes = {
  list: procedure
    .route({ method: 'GET', path: '/attributes', summary: 'Attributes, with their most frequent values' })
    .output(z.object({ items: z.array(attributeSchema) })),
  /** Values that begin with a text or contain it, the most frequent first. */
  values: procedure
    .route({ method: 'GET', path: '/attributes/{name}/values', summary: 'Values of one attribute' })
    .input(z.strictObject({ name: attributeNameSchema, search: z.string().max(200).default('') }))
    .output(attributeSchema.pick({ values: true, hasMoreValues: true })),
};

export const audienceProcedures = { segments, tags, attributes };
