import { z } from 'zod';
import { messagesPerMinuteSchema } from './common.ts';
import { keptDaysSchema } from './retention.ts';
import { procedure } from './procedure.ts';
import { listenAddressSchema } from './listen-address.ts';
import { LOOPBACK_PROXIES, publicUrlSchema, trustedProxySchema } from './public-address.ts';
import { MAX_SITES, siteSchema } from './site-address.ts';

export const appearanceSchema = z.enum(['system', 'light', 'dark']);

/** A year. */
const MAX_START_DELAY_MINUTES = 525_600;

/** Each describes what it does: the docs take their table of variables from here (`setting-variables.ts`). */
const settingFields = {
  appearance: appearanceSchema.describe('Colours of the window'),
  serverPort: z
    .number()
    .int()
    .min(1024)
    .max(65_535)
    .describe('Port of the server; if it is busy, the next free one is used'),
  serverOn: z.boolean().describe('Whether the server starts with the app; without a window it always starts'),
  maxInFlight: z
    .number()
    .int()
    .min(1)
    .max(2000)
    .describe('The most requests at a time to one push service; Pushdesk adapts below it'),
  messagesPerMinute: messagesPerMinuteSchema.describe(
    'Messages a minute, for a campaign without a limit of its own',
  ),
  maxStartDelayMinutes: z
    .number()
    .int()
    .min(5)
    .max(MAX_START_DELAY_MINUTES)
    .nullable()
    .describe(
      'Without a window, a scheduled campaign that is more than this many minutes late waits for a decision; `none`: it starts however late',
    ),
  sendHere: z
    .boolean()
    .describe('Whether this machine sends too where there are workers; off: it leaves all sending to them'),
  allowPrivateEndpoints: z
    .boolean()
    .describe('Allows subscriptions at private addresses, for your own push service'),
  sites: z
    .array(siteSchema)
    .max(MAX_SITES)
    .describe('Origins of the sites whose pages may call the public routes, such as `https://shop.example`'),
  publicUrl: publicUrlSchema
    .nullable()
    .describe('Address under which others reach the subscribe page, such as `https://push.example.org`'),
  trustedProxies: z
    .array(trustedProxySchema)
    .max(50)
    .describe('Addresses of the proxies that are trusted to say who is calling, such as `10.0.0.0/8`'),
  listen: listenAddressSchema
    .nullable()
    .describe(
      'Address to listen at beyond this machine, such as `0.0.0.0`; a proxy on this machine needs none',
    ),
  tlsCert: z
    .string()
    .max(1000)
    .nullable()
    .describe('File of a certificate (PEM, the full chain) for HTTPS without a proxy'),
  tlsKey: z.string().max(1000).nullable().describe('File of its private key (PEM)'),
  publicApi: z
    .boolean()
    .describe('Whether the API answers at the public address too, over HTTPS and with an access token'),
  remoteWorkspace: z
    .boolean()
    .describe(
      'Whether the desktop app may open this engine from elsewhere, with an access token of the owner',
    ),
  keepDeliveriesDays: keptDaysSchema
    .nullable()
    .describe(
      'Days after which deliveries of campaigns that have ended are removed, for good; totals and causes stay',
    ),
  receipts: z
    .boolean()
    .describe(
      'Whether service workers are asked to report when messages were received, shown, clicked and closed',
    ),
};

export const settingsSchema = z.object({
  appearance: settingFields.appearance.default('system'),
  serverPort: settingFields.serverPort.default(4830),
  serverOn: settingFields.serverOn.default(true),
  maxInFlight: settingFields.maxInFlight.default(600),
  messagesPerMinute: settingFields.messagesPerMinute.default(null),
  maxStartDelayMinutes: settingFields.maxStartDelayMinutes.default(60),
  sendHere: settingFields.sendHere.default(true),
  allowPrivateEndpoints: settingFields.allowPrivateEndpoints.default(false),
  sites: settingFields.sites.default([]),
  publicUrl: settingFields.publicUrl.default(null),
  trustedProxies: settingFields.trustedProxies.default(LOOPBACK_PROXIES),
  listen: settingFields.listen.default(null),
  tlsCert: settingFields.tlsCert.default(null),
  tlsKey: settingFields.tlsKey.default(null),
  publicApi: settingFields.publicApi.default(false),
  remoteWorkspace: settingFields.remoteWorkspace.default(false),
  keepDeliveriesDays: settingFields.keepDeliveriesDays.default(null),
  receipts: settingFields.receipts.default(true),
});
export type Settings = z.infer<typeof settingsSchema>;

/** A change of some settings. Without the defaults, which would reset every setting that is left out. */
export const settingsPatchSchema = z.strictObject(settingFields).partial();
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;
/** `was`: what the caller saw before; if that is out of date, nothing is changed. */
export const changeSettingsInputSchema = settingsPatchSchema.extend({ was: settingsPatchSchema.optional() });

export const settingsTopics = ['settings'] as const;

export const settingsProcedures = {
  settings: procedure.route({ method: 'GET', path: '/settings', summary: 'Settings' }).output(settingsSchema),
  changeSettings: procedure
    .route({ method: 'PATCH', path: '/settings', summary: 'Change settings' })
    .input(changeSettingsInputSchema)
    .output(settingsSchema),
};
