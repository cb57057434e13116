import { z } from 'zod';
import { problemSchema } from './problem.ts';
import { settingsFromEnvironmentSchema } from './setting-variables.ts';

/** What the engine's thread is started with. */
export const engineOptionsSchema = z.strictObject({
  dataDir: z.string(),
  version: z.string(),
  electronVersion: z.string().nullable(),
  /** Folder that holds the built subscribe page. */
  subscribePageDir: z.string(),
  /** Overrides the port of the settings (`PUSHDESK_PORT`). */
  port: z.number().int().min(0).max(65_535).nullable(),
  /** They take precedence over what is stored. */
  fromEnvironment: settingsFromEnvironmentSchema,
});
export type EngineOptions = z.infer<typeof engineOptionsSchema>;

/** Main thread → engine thread. The ports travel beside the message. */
export const toEngineSchema = z.discriminatedUnion('type', [
  /** One port: the engine calls the host through it. Sent once, first. */
  z.strictObject({ type: z.literal('host') }),
  /** One port: a window calls the engine through it. */
  z.strictObject({ type: z.literal('window') }),
  z.strictObject({ type: z.literal('stop') }),
]);

/** Engine thread → main thread. */
export const fromEngineSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('ready'),
    /** Address of the subscribe page; `null` where the server does not run. */
    url: z.string().nullable(),
    /** Why it does not run, or why its port is not the one in the settings. */
    problem: problemSchema.nullable(),
  }),
  z.strictObject({ type: z.literal('failed'), problem: problemSchema }),
  z.strictObject({ type: z.literal('stopped') }),
]);
export type FromEngine = z.infer<typeof fromEngineSchema>;
