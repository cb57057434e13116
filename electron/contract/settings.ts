import { z } from 'zod';
import { messagesPerMinuteSchema } from './common.ts';
import { procedure } from './procedure.ts';
import { MAX_SITES, siteSchema } from './site-address.ts';

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
  /** Origins of the sites whose pages may call the public routes from elsewhere, such as `https://shop.example`. */
  sites: z.array(siteSchema).max(MAX_SITES),
};

export const settingsSchema = z.object({
  appearance: settingFields.appearance.default('system'),
  serverPort: settingFields.serverPort.default(4830),
  serverOn: settingFields.serverOn.default(true),
  maxInFlight: settingFields.maxInFlight.default(600),
  messagesPerMinute: settingFields.messagesPerMinute.default(null),
  allowPrivateEndpoints: settingFields.allowPrivateEndpoints.default(false),
  sites: settingFields.sites.default([]),
});
export type Settings = z.infer<typeof settingsSchema>;

/** A change of some settings. Without the defaults, which would put back every setting that is left out. */
export const settingsPatchSchema = z.strictObject(settingFields).partial();
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;

export const settingsTopics = ['settings'] as const;

export const settingsProcedures = {
  settings: procedure.route({ method: 'GET', path: '/settings', summary: 'Settings' }).output(settingsSchema),
  changeSettings: procedure
    .route({ method: 'PATCH', path: '/settings', summary: 'Change settings' })
    .input(settingsPatchSchema)
    .output(settingsSchema),
};
