import { z } from 'zod';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export const instantSchema = z.number().int().nonnegative();

/** Opaque position in a list that is paged by key; `null` asks for the first page. */
export const cursorSchema = z.string().max(200).nullable();

/** How many rows a page may hold. */
export const pageSizeSchema = z.number().int().min(1).max(500).default(100);

/** One page of a list that is paged by key; `nextCursor` is `null` on the last page. Earlier pages of a search may be short too. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** The uncompressed P-256 point of an application server key: 65 bytes, base64url without padding (RFC 8292 §3.2). */
export const publicKeySchema = z
  .string()
  .regex(/^B[A-Za-z0-9_-]{86}$/, 'Use a public key of 65 bytes in base64url without padding.');

/** The highest limit of messages per minute. */
export const MAX_PER_MINUTE = 1_000_000;

/** A limit of messages per minute; `null`: none. */
export const messagesPerMinuteSchema = z.number().int().min(1).max(MAX_PER_MINUTE).nullable();

/** One or several words, read as a list; left out: none. A query string cannot tell a list of one word from a single word. */
export const listOf = <Word extends string>(word: z.ZodType<Word, Word> & { options: readonly Word[] }) =>
  z
    .union([z.array(word), word], { error: `Use ${word.options.join(', ')}.` })
    .transform((given) => (Array.isArray(given) ? given : [given]))
    .default([]);

/** The same for texts of any kind. */
export const textsOf = <Text extends z.ZodType>(text: Text, most: number) =>
  z
    .union([z.array(text).max(most, `Use at most ${most}.`), text])
    .transform((given): z.output<Text>[] => (Array.isArray(given) ? given : [given]))
    .default([]);
