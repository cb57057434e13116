import { z } from 'zod';
import { hiddenCharacter, hiddenCharacterCure } from './characters.ts';
import { instantSchema, publicKeySchema } from './common.ts';
import { keyPairIdSchema } from './ids.ts';
import { problemSchema } from './problem.ts';

/** As stored: names from before they were checked may hold anything. */
export const keyPairNameSchema = z.string().trim().min(1).max(80);

const visibleOnly = <Text extends z.ZodType<string>>(text: Text) =>
  text.superRefine((value, context) => {
    const hidden = hiddenCharacter(value, 'name');
    if (hidden !== null) context.addIssue({ code: 'custom', message: hiddenCharacterCure(hidden) });
  });

export const newKeyPairNameSchema = visibleOnly(keyPairNameSchema);

/** The contact of a key pair as typed; core/subject decides what is malformed and what Apple would refuse. */
export const subjectInputSchema = visibleOnly(z.string().trim().min(1).max(320));

/** A VAPID key pair (RFC 8292) without its private half, which never leaves the engine. */
export const keyPairSchema = z.object({
  id: keyPairIdSchema,
  name: keyPairNameSchema,
  subject: z.string(),
  /** Set when a push service (Apple) would refuse the subject. */
  subjectWarning: problemSchema.nullable(),
  publicKey: publicKeySchema,
  createdAt: instantSchema,
  /** The pair that the subscribe page hands to browsers. */
  inUse: z.boolean(),
  /** False when the private half cannot be opened on this machine (for example the key ring is locked). */
  canSign: z.boolean(),
  /** Subscriptions made with this key, by whether they can be reached. */
  subscriptions: z.object({ active: z.number().int(), total: z.number().int() }),
});
export type KeyPair = z.infer<typeof keyPairSchema>;

export const generateKeyPairInputSchema = z.strictObject({
  name: newKeyPairNameSchema,
  subject: subjectInputSchema,
});

/** `text` is what a person pastes: the output of `web-push generate-vapid-keys`, or a private key alone. */
export const importKeyPairInputSchema = z.strictObject({
  name: newKeyPairNameSchema,
  subject: subjectInputSchema,
  text: z.string().min(1).max(20_000),
});

export const updateKeyPairInputSchema = z.strictObject({
  id: keyPairIdSchema,
  name: newKeyPairNameSchema,
  subject: subjectInputSchema,
});
