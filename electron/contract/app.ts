import { z } from 'zod';
import { problemSchema } from './problem.ts';
import { procedure } from './procedure.ts';
import { settingsFromEnvironmentSchema } from './setting-variables.ts';

export const appInfoSchema = z.object({
  version: z.string(),
  dataDir: z.string(),
  runtime: z.object({ node: z.string(), electron: z.string().nullable(), platform: z.string() }),
  /** How private keys rest: in the system's key ring, or in a file that only this user can read. */
  keyProtection: z.enum(['key-ring', 'file']),
  keyFile: z.string(),
  /** The key ring of the system. `asking`: the person is being asked for its password; `none`: there is none, or none that answers. */
  keyRing: z.enum(['ready', 'locked', 'asking', 'none']),
  privateEndpointsAllowed: z.boolean(),
  /** Names of the settings that an environment variable sets for this run. */
  settingsFromEnvironment: settingsFromEnvironmentSchema.shape.variables,
  /** Why nothing can be stored at the moment, so that campaigns stand still; `null` when all is well. */
  storeProblem: problemSchema.nullable(),
  /** That this computer's clock differs from those of the push services, judging by their answers; `null`: it does not. */
  clockProblem: problemSchema.nullable(),
  /** Which rows of the store are damaged, and what is missing because of that; `null`: none found so far. */
  damageProblem: problemSchema.nullable(),
  /** That other users can read the data folder, or do more; `null`: they cannot. */
  folderProblem: problemSchema.nullable(),
  /** False for the headless engine: it has no dialogs and no "open in the browser". */
  hasDesktop: z.boolean(),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

/** Long work on subscriptions that quitting would interrupt. For sending and rehearsing see `campaigns` and `rehearsal`. */
export const longWorkSchema = z.object({
  /** Rows are being stored; a preview stores nothing and does not count. */
  importing: z.boolean(),
  erasing: z.boolean(),
});
export type LongWork = z.infer<typeof longWorkSchema>;

export const appTopics = ['app'] as const;

export const appProcedures = {
  info: procedure
    .route({ method: 'GET', path: '/app', summary: 'What is running, and where' })
    .output(appInfoSchema),
  /** [Note: not over HTTP] Asked before the app quits. */
  longWork: procedure.output(longWorkSchema),
};
