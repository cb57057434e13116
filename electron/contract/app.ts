import { z } from 'zod';
import { instantSchema, messagesPerMinuteSchema } from './common.ts';
import { problemSchema } from './problem.ts';
import { pushServiceSchema } from './push-service.ts';

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
  /** Why the store takes nothing at the moment, so that campaigns stand still; `null` when all is well. */
  storeProblem: problemSchema.nullable(),
  /** That the clock of this computer differs from those of the push services, as far as answers have told; `null`: it does not. */
  clockProblem: problemSchema.nullable(),
  /** That others can look into the data folder, or do more; `null`: they cannot. */
  folderProblem: problemSchema.nullable(),
  /** False for the headless engine: dialogs and "open in the browser" are not to be had. */
  hasDesktop: z.boolean(),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

export const appearanceSchema = z.enum(['system', 'light', 'dark']);

const settingFields = {
  appearance: appearanceSchema,
  /** Port that the embedded server asks for. */
  serverPort: z.number().int().min(1024).max(65_535),
  /** Whether the embedded server starts with the app. */
  serverOn: z.boolean(),
  /** The most messages that may be on the wire to one push service; below it the number adapts by itself. */
  maxInFlight: z.number().int().min(1).max(2000),
  /** Limit for a campaign that has none of its own. */
  messagesPerMinute: messagesPerMinuteSchema,
  /** Allow endpoints at private addresses (self-hosted push services). */
  allowPrivateEndpoints: z.boolean(),
};

export const settingsSchema = z.object({
  appearance: settingFields.appearance.default('system'),
  serverPort: settingFields.serverPort.default(4830),
  serverOn: settingFields.serverOn.default(true),
  maxInFlight: settingFields.maxInFlight.default(600),
  messagesPerMinute: settingFields.messagesPerMinute.default(null),
  allowPrivateEndpoints: settingFields.allowPrivateEndpoints.default(false),
});
export type Settings = z.infer<typeof settingsSchema>;

/** A change of some settings. Without the defaults, which would put back every setting that is left out. */
export const settingsPatchSchema = z.strictObject(settingFields).partial();
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;

/** What a live view depends on; a change names what to read again. */
export const topicSchema = z.enum([
  'keys',
  'subscriptions',
  'campaigns',
  'deliveries',
  'rehearsal',
  'server',
  'requests',
  'settings',
  'app',
]);
export type Topic = z.infer<typeof topicSchema>;

export const overviewSchema = z.object({
  steps: z.object({ keys: z.boolean(), subscription: z.boolean(), send: z.boolean() }),
  /** Why a key pair that people subscribed with cannot sign, the one in use first; `null`: all that count can. */
  keyProblem: problemSchema.nullable(),
  totals: z.object({
    activeSubscriptions: z.number().int(),
    subscriptions: z.number().int(),
    campaigns: z.number().int(),
    /** Those among them that are being prepared, sent, or are paused. */
    campaignsUnderWay: z.number().int(),
    accepted: z.number().int(),
    failed: z.number().int(),
    gone: z.number().int(),
  }),
  /** Settled deliveries of the last 14 days, oldest first; `day` is midnight of that day in local time. */
  days: z.array(
    z.object({
      day: instantSchema,
      accepted: z.number().int(),
      failed: z.number().int(),
      gone: z.number().int(),
    }),
  ),
  services: z.array(
    z.object({
      pushService: pushServiceSchema,
      active: z.number().int(),
      accepted: z.number().int(),
      failed: z.number().int(),
      gone: z.number().int(),
    }),
  ),
});
export type Overview = z.infer<typeof overviewSchema>;
