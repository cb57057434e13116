import { z } from 'zod';
import { instantSchema } from './common.ts';
import { templateIdSchema } from './ids.ts';
import { labelSchema } from './people.ts';
import { procedure } from './procedure.ts';

/** Unique; case is ignored. */
export const templateNameSchema = labelSchema.pipe(z.string().max(80, 'Use at most 80 characters.'));

/** Fields of a message by their names, variables as they are written (`{{name}}`); unknown ones are kept. */
const templateMessageSchema = z.record(z.string(), z.unknown());

/** A message that is kept as a starting point. */
export const templateSchema = z.object({
  id: templateIdSchema,
  name: z.string(),
  message: templateMessageSchema,
  updatedAt: instantSchema,
});
export type Template = z.output<typeof templateSchema>;

const byId = z.strictObject({ id: templateIdSchema });

export const templateProcedures = {
  list: procedure
    .route({ method: 'GET', path: '/templates', summary: 'Templates, in the order of their names' })
    .output(z.object({ items: z.array(templateSchema.omit({ message: true })) })),
  get: procedure
    .route({ method: 'GET', path: '/templates/{id}', summary: 'One template, with its message' })
    .input(byId)
    .output(templateSchema),
  create: procedure
    .route({
      method: 'POST',
      path: '/templates',
      successStatus: 201,
      summary: 'Save a message as a template',
    })
    .input(z.strictObject({ name: templateNameSchema, message: templateMessageSchema }))
    .output(templateSchema),
  update: procedure
    .route({ method: 'PATCH', path: '/templates/{id}', summary: 'Rename a template or change its message' })
    .input(
      z.strictObject({
        id: templateIdSchema,
        name: templateNameSchema.optional(),
        message: templateMessageSchema.optional(),
        was: z
          .strictObject({ name: z.string(), updatedAt: instantSchema })
          .partial()
          .optional()
          .describe('What you saw; if it is no longer so, nothing is changed'),
      }),
    )
    .output(templateSchema),
  remove: procedure
    .route({ method: 'DELETE', path: '/templates/{id}', summary: 'Delete a template' })
    .input(byId)
    .output(z.object({ removed: z.boolean() })),
  /** For a day. */
  restore: procedure
    .route({ method: 'POST', path: '/templates/{id}/restore', summary: 'Restore a deleted template' })
    .input(byId)
    .output(templateSchema),
};
