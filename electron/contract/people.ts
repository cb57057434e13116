import { z } from 'zod';
import { hiddenCharacter, hiddenCharacterCure } from './characters.ts';

export const MAX_TAGS = 50;
export const MAX_ATTRIBUTES = 50;
/** Tags or values that one condition or one change may name. */
export const MAX_NAMED = 200;

/** Text on one line that is shown beside other people's texts, so it may not hide anything. Space around it is removed. */
const nameOf = (maxCharacters: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(
      z
        .string()
        .min(1, 'This is empty.')
        .max(maxCharacters, `Use at most ${maxCharacters} characters.`)
        .superRefine((text, context) => {
          const hidden = hiddenCharacter(text, 'name');
          if (hidden !== null) context.addIssue({ code: 'custom', message: hiddenCharacterCure(hidden) });
        }),
    );

/** The name that a person gives to one subscription. */
export const labelSchema = nameOf(200);
/** The owner's own name for the person who subscribed; several browsers of one person share it. */
export const externalIdSchema = nameOf(200);
/** A word on any number of subscriptions. `News` and `news` are one tag, spelled as it first was. */
export const tagSchema = nameOf(64);
/**
 * Marks the owner's own subscriptions, which get test messages: a tag like any other, so filters, acts, exports and the API know it. Only
 * the owner sets it, never a page.
 */
export const TEST_GROUP_TAG = 'test group';

/** The form of a variable's name in a message: letters, digits, `_`, `-` and `.`, beginning with a letter or `_`. */
export const attributeNameSchema = z
  .string()
  .max(64, 'Use at most 64 characters.')
  .regex(/^[\p{L}_][\p{L}\p{M}\p{N}_.-]*$/u, 'Use letters, digits, _, - and ., and begin with a letter.')
  // An object cannot hold it as an ordinary name.
  .refine((name) => name !== '__proto__', 'Choose another name: this one is reserved.');
export const attributeValueSchema = nameOf(500);

/** What an owner knows about a person who subscribed. */
export const personSchema = z.strictObject({
  label: labelSchema.nullable(),
  externalId: externalIdSchema.nullable(),
  tags: z.array(tagSchema).max(MAX_TAGS),
  attributes: z
    .record(attributeNameSchema, attributeValueSchema)
    .refine((all) => Object.keys(all).length <= MAX_ATTRIBUTES, `Use at most ${MAX_ATTRIBUTES} attributes.`),
});
export type Person = z.infer<typeof personSchema>;

/** Attributes that the subscribe page reports by itself. */
export const PAGE_ATTRIBUTES = ['language', 'timeZone', 'platform', 'browser'] as const;
