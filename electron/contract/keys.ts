import { procedure } from './procedure.ts';
import { z } from 'zod';
import { hiddenCharacter, hiddenCharacterCure } from './characters.ts';
import { instantSchema, publicKeySchema } from './common.ts';
import { keyPairIdSchema } from './ids.ts';
import { keyRotationSchema, movingInSchema } from './moves.ts';
import { problemSchema } from './problem.ts';

/** As stored: a name from before names were checked may hold anything. */
export const keyPairNameSchema = z.string().trim().min(1).max(80);

const visibleOnly = <Text extends z.ZodType<string>>(text: Text) =>
  text.superRefine((value, context) => {
    const hidden = hiddenCharacter(value, 'name');
    if (hidden !== null) context.addIssue({ code: 'custom', message: hiddenCharacterCure(hidden) });
  });

export const newKeyPairNameSchema = visibleOnly(keyPairNameSchema);

/** The contact of a key pair as typed; core/subject decides what is malformed and what Apple would refuse. */
export const subjectInputSchema = visibleOnly(z.string().trim().min(1).max(320));

/**
 * The state of a key pair's private half. `locked`: the key ring that seals it is locked. `no-key-ring`: it is sealed, and no key ring
 * answers here. `sealed-elsewhere`: the key ring is open and cannot open it: another user's, computer's or key ring's. `missing`: it is not
 * in the file of private keys, or what is there belongs to another pair.
 */
export const privateHalfSchema = z.enum(['ready', 'locked', 'no-key-ring', 'sealed-elsewhere', 'missing']);
export type PrivateHalf = z.infer<typeof privateHalfSchema>;

/** A VAPID key pair (RFC 8292) without its private half, which never leaves the engine. */
export const keyPairSchema = z.object({
  id: keyPairIdSchema,
  name: z.string(),
  subject: z.string(),
  /** Set when a push service (Apple) would refuse the subject. */
  subjectWarning: problemSchema.nullable(),
  /** As stored: in a damaged row it may be no key at all, and then its private half is `missing`. */
  publicKey: z.string(),
  createdAt: instantSchema,
  /** The pair that the subscribe page hands to browsers. */
  inUse: z.boolean(),
  /** Whether the private half is ready. */
  canSign: z.boolean(),
  privateHalf: privateHalfSchema,
  /** Why it is not ready, and what brings it back; `null` when it is. */
  privateHalfProblem: problemSchema.nullable(),
  /** When a copy of both halves was last known to exist outside the data folder: exported, or imported from there; `null`: never. */
  copiedAt: instantSchema.nullable(),
  /** Subscriptions made with this key, counted by whether they can be reached. */
  subscriptions: z.object({ active: z.number().int(), total: z.number().int() }),
});
export type KeyPair = z.infer<typeof keyPairSchema>;

export const generateKeyPairInputSchema = z.strictObject({
  name: newKeyPairNameSchema,
  subject: subjectInputSchema,
});

/** Longer texts are not searched for keys. */
export const MAX_KEY_TEXT = 100_000;

/** What a person pastes or opens: any text with keys in it, whatever made it. */
const keyTextSchema = z.string().min(1).max(MAX_KEY_TEXT);

/** `publicKey`: which pair of a text that has several. */
export const importKeyPairInputSchema = z.strictObject({
  name: newKeyPairNameSchema,
  subject: subjectInputSchema,
  text: keyTextSchema,
  publicKey: publicKeySchema.optional(),
});

/** What a text with keys in it holds, without the private halves. */
export const keyTextReadingSchema = z.object({
  /** In the order of the text; more than one: the person chooses. */
  pairs: z.array(
    z.object({
      publicKey: publicKeySchema,
      /** The text has both halves, and they belong together; `false`: the public one was derived. */
      isProven: z.boolean(),
      /** What was corrected in it, as sentences. */
      mended: z.array(z.string()),
      /** The line on which it begins, from 1. */
      line: z.number().int(),
      /** The pair that already exists here; if it cannot sign, it gets its private half back. */
      known: z.object({ name: keyPairNameSchema, canSign: z.boolean() }).nullable(),
    }),
  ),
  /** What was corrected in the text as a whole, and what else is in it, as sentences. */
  remarks: z.array(z.string()),
  /** The contact found beside the keys. */
  subject: z.string().nullable(),
  /** Why there is no pair. */
  problem: problemSchema.nullable(),
});
export type KeyTextReading = z.infer<typeof keyTextReadingSchema>;

/**
 * The forms in which a key pair is written to a file: what `web-push generate-vapid-keys --json` prints, environment variables, a private
 * key in PKCS#8, a JSON Web Key.
 */
export const keyFileFormatSchema = z.enum(['json', 'env', 'pem', 'jwk']);
export type KeyFileFormat = z.infer<typeof keyFileFormatSchema>;

export const updateKeyPairInputSchema = z.strictObject({
  id: keyPairIdSchema,
  name: newKeyPairNameSchema.optional(),
  subject: subjectInputSchema.optional(),
  /** What the caller saw before: if that is out of date, nothing is changed. */
  was: z.strictObject({ name: z.string(), subject: z.string() }).partial().optional(),
});

export const keyTopics = ['keys'] as const;

export const keyProcedures = {
  list: procedure
    .route({ method: 'GET', path: '/key-pairs', summary: 'Key pairs, without their private keys' })
    .output(z.array(keyPairSchema)),
  generate: procedure
    .route({ method: 'POST', path: '/key-pairs', successStatus: 201, summary: 'Generate a key pair' })
    .input(generateKeyPairInputSchema)
    .output(keyPairSchema),
  /** Says what a text holds before it is imported; keeps nothing. */
  read: procedure.input(z.strictObject({ text: keyTextSchema })).output(keyTextReadingSchema),
  import: procedure.input(importKeyPairInputSchema).output(keyPairSchema),
  update: procedure
    .route({ method: 'PATCH', path: '/key-pairs/{id}', summary: 'Rename it, or change its contact' })
    .input(updateKeyPairInputSchema)
    .output(keyPairSchema),
  /** Makes this pair the one that the subscribe page hands out. Browsers that subscribed with the previous one move on their next visit. */
  use: procedure
    .route({ method: 'POST', path: '/key-pairs/{id}/use', summary: 'Use it on the subscribe page' })
    .input(z.strictObject({ id: keyPairIdSchema }))
    .output(keyPairSchema),
  /** Changes of key that are under way, and those of the last 30 days. */
  rotations: procedure
    .route({
      method: 'GET',
      path: '/key-rotations',
      summary: 'Key replacements, and how many subscriptions have moved',
    })
    .output(z.array(keyRotationSchema)),
  movingIn: procedure
    .route({
      method: 'GET',
      path: '/moving-in',
      summary: 'How many subscriptions moved in from another sender',
    })
    .output(movingInSchema),
  /** Asks the person to unlock the key ring; answers when they have, or have not. */
  unlock: procedure.output(z.array(keyPairSchema)),
  /** Refused while active subscriptions belong to it. */
  remove: procedure
    .route({ method: 'DELETE', path: '/key-pairs/{id}', summary: 'Delete it' })
    .input(z.strictObject({ id: keyPairIdSchema }))
    .output(z.object({ id: keyPairIdSchema })),
  /** Writes both halves to a file that the person picks; the private half never reaches the caller. */
  export: procedure
    .input(z.strictObject({ id: keyPairIdSchema, format: keyFileFormatSchema.default('json') }))
    .output(z.object({ path: z.string().nullable() })),
};
