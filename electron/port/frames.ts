import { z } from 'zod';

/**
 * What crosses a port: oRPC's messages as text, each with the number of its call. Everything that comes through one is
 * decoded here, and decoding never throws: what the contract could not have sent is `null`.
 */

/** Twice the 25 MB of an import, for a text whose characters are escaped. */
export const MAX_FRAME_CHARACTERS = 64_000_000;

const callId = z.string().regex(/^[0-9a-z]{1,16}$/i);

const abortSchema = z.strictObject({ i: callId, t: z.literal(4), p: z.unknown().optional() });
const requestSchema = z.strictObject({
  i: callId,
  t: z.literal(1).optional(),
  p: z.strictObject({
    /** The path of a procedure; never a whole address. */
    u: z.string().regex(/^(?:\/[a-zA-Z]{1,40}){1,6}$/),
    b: z.unknown().optional(),
    /** Nothing reads them: a header could turn the body into a file, a form or a stream. */
    h: z.record(z.string(), z.unknown()).optional(),
  }),
});

/** What goes to the side that answers calls. Streams go one way only, so there are no events among them, and no bytes. */
export type RequestFrame =
  | { readonly kind: 'call'; readonly id: string; readonly path: string; readonly body: unknown }
  | { readonly kind: 'abort'; readonly id: string };

/** Reads what a caller sent; `null` where it is neither a call nor the abort of one. */
export function readRequestFrame(data: unknown): RequestFrame | null {
  const value = parseText(data);
  const call = requestSchema.safeParse(value);
  if (call.success) return { kind: 'call', id: call.data.i, path: call.data.p.u, body: call.data.p.b };
  const abort = abortSchema.safeParse(value);
  return abort.success ? { kind: 'abort', id: abort.data.i } : null;
}

const responseSchema = z.union([
  z.strictObject({
    i: callId,
    t: z.literal(2).optional(),
    p: z.strictObject({
      s: z.number().int().min(100).max(599).optional(),
      h: z.strictObject({ 'content-type': z.literal('text/event-stream') }).optional(),
      b: z.unknown().optional(),
    }),
  }),
  z.strictObject({
    i: callId,
    t: z.literal(3),
    p: z.strictObject({
      e: z.enum(['message', 'error', 'done']),
      d: z.unknown().optional(),
      m: z.strictObject({}).optional(),
    }),
  }),
  abortSchema,
]);

/** An answer, or an event of one that is a stream, as oRPC takes it when it is no longer text. */
export type ResponseFrame = z.infer<typeof responseSchema>;

/** Reads what an answerer sent; `null` where it is not an answer. */
export function readResponseFrame(data: unknown): ResponseFrame | null {
  const parsed = responseSchema.safeParse(parseText(data));
  return parsed.success ? parsed.data : null;
}

/** Whether it may be a frame at all, for code that only passes it on. */
export const mayBeFrame = (data: unknown): data is string =>
  typeof data === 'string' && data.length <= MAX_FRAME_CHARACTERS;

function parseText(data: unknown): unknown {
  if (!mayBeFrame(data)) return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
