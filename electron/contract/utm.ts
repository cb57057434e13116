import { z } from 'zod';
import { hiddenCharacter, hiddenCharacterCure } from './characters.ts';

export const MAX_UTM_LENGTH = 100;

/** One parameter; empty means none. */
export const utmValueSchema = z
  .string()
  .trim()
  .max(MAX_UTM_LENGTH, `Use at most ${MAX_UTM_LENGTH} characters.`)
  .superRefine((text, context) => {
    const hidden = hiddenCharacter(text, 'name');
    if (hidden !== null) context.addIssue({ code: 'custom', message: hiddenCharacterCure(hidden) });
    else if (text.includes('{{'))
      context.addIssue({ code: 'custom', message: 'Use plain text: variables don’t work here.' });
  });

/** What web analytics read from the links of a campaign, as `utm_source`, `utm_medium` and `utm_campaign`. */
export const utmSchema = z.strictObject({
  source: utmValueSchema.default(''),
  medium: utmValueSchema.default(''),
  campaign: utmValueSchema.default(''),
});
export type Utm = z.infer<typeof utmSchema>;
export type UtmName = keyof Utm;

export const NO_UTM: Utm = { source: '', medium: '', campaign: '' };
export const utmNames = Object.keys(NO_UTM) as UtmName[];
