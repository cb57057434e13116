import { z } from 'zod';
import { hiddenCharacter, hiddenCharacterCure } from './characters.ts';
import { MAX_OWN_FORMAT_LENGTH } from './message.ts';
import { ownFormatFault } from './own-format.ts';

export const MAX_OWN_FORMATS = 50;

/** A payload format that a person wrote, kept in the workspace under a name. */
export const ownFormatSchema = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, 'Write a name.')
    .max(60, 'Shorten it to 60 characters.')
    .superRefine((name, context) => {
      const hidden = hiddenCharacter(name, 'name');
      if (hidden !== null) context.addIssue({ code: 'custom', message: hiddenCharacterCure(hidden) });
    }),
  text: z
    .string()
    .max(MAX_OWN_FORMAT_LENGTH, `Shorten it to ${MAX_OWN_FORMAT_LENGTH.toLocaleString('en')} characters.`)
    .superRefine((text, context) => {
      const fault = ownFormatFault(text);
      if (fault !== null) context.addIssue({ code: 'custom', message: fault });
    }),
});
export type OwnFormat = z.infer<typeof ownFormatSchema>;

export const ownFormatsSchema = z
  .array(ownFormatSchema)
  .max(MAX_OWN_FORMATS, `Keep at most ${MAX_OWN_FORMATS}.`)
  .refine(
    (all) => new Set(all.map(({ name }) => name)).size === all.length,
    'Give each format another name.',
  );

/** A change of one format: another one under that name, or none. The others are not touched. */
export const changeOwnFormatInputSchema = z.strictObject({
  name: ownFormatSchema.shape.name,
  /** `null`: it is no longer kept. */
  text: ownFormatSchema.shape.text.nullable(),
  /** What the caller saw under that name, `null`: nothing; if that is out of date, nothing is changed. */
  was: z.strictObject({ text: z.string().nullable() }).optional(),
});
export type ChangeOwnFormat = z.infer<typeof changeOwnFormatInputSchema>;
