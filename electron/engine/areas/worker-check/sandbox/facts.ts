import { z } from 'zod';

const short = z.string().transform((text) => text.slice(0, 2000));

/** What the guest reports, one line at a time. */
export const factSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('listener'), event: short, late: z.boolean() }),
  z.object({ kind: z.literal('console'), level: short, text: short }),
  z.object({ kind: z.literal('error'), message: short, stack: z.string() }),
  z.object({
    kind: z.literal('request'),
    via: z.enum(['fetch', 'importScripts', 'import', 'WebSocket']),
    method: short,
    url: short,
    given: z.boolean(),
  }),
  z.object({
    kind: z.literal('notification'),
    title: short,
    options: z.record(z.string(), z.string()),
    isAlive: z.boolean(),
  }),
  z.object({ kind: z.literal('lead'), how: z.enum(['open', 'navigate', 'focus']), url: short }),
  z.object({ kind: z.literal('lead-refused'), url: short }),
  z.object({ kind: z.literal('read'), how: short }),
  z.object({ kind: z.literal('absent'), path: short }),
  z.object({ kind: z.literal('lacking'), name: short }),
  z.object({ kind: z.literal('badge'), count: short }),
  z.object({ kind: z.literal('closed') }),
  z.object({ kind: z.literal('late-wait') }),
]);
export type Fact = z.infer<typeof factSchema>;

/** Reads one line; `null` for anything unexpected. */
export function readFact(line: string): Fact | null {
  try {
    return factSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
