import { z } from 'zod';
import type { Problem } from './problem.ts';
import { settingsPatchSchema, settingsSchema, type Settings } from './settings.ts';
import { readSite } from './site-address.ts';

export type SettingName = keyof Settings;

/** Settings that environment variables set for this run. */
export const settingsFromEnvironmentSchema = z.strictObject({
  settings: settingsPatchSchema,
  /** By the name of the setting: the variable that holds it, and its text. */
  variables: z.partialRecord(
    settingsSchema.keyof(),
    z.strictObject({ variable: z.string(), value: z.string() }),
  ),
});
export type SettingsFromEnvironment = z.infer<typeof settingsFromEnvironmentSchema>;

export const NO_VARIABLES: SettingsFromEnvironment = { settings: {}, variables: {} };

/**
 * `PUSHDESK_PORT` is older than the others, and can do more than the setting: ask for any free port, and make the start fail if the port is
 * taken.
 */
const OWN_NAMES: Partial<Record<SettingName, string>> = { serverPort: 'PUSHDESK_PORT' };
/** Read separately from the settings, see `OWN_NAMES`. */
export const PORT_VARIABLE = 'PUSHDESK_PORT';

/** Every setting with its variable: `messagesPerMinute` is `PUSHDESK_MESSAGES_PER_MINUTE`. */
export const SETTING_VARIABLES: readonly { readonly setting: SettingName; readonly variable: string }[] =
  settingsSchema.keyof().options.map((setting) => ({
    setting,
    variable: OWN_NAMES[setting] ?? `PUSHDESK_${setting.replace(/[A-Z]/g, '_$&').toUpperCase()}`,
  }));

export type SettingVariablesRead =
  | { kind: 'read'; found: SettingsFromEnvironment }
  | { kind: 'refused'; problem: Problem };

/**
 * Reads the settings that variables set. Empty means not set.
 *
 * @param valueOf the text of a variable, without blanks and quotes around it
 */
export function readSettingVariables(valueOf: (variable: string) => string): SettingVariablesRead {
  const settings: Record<string, unknown> = {};
  const variables: SettingsFromEnvironment['variables'] = {};
  for (const { setting, variable } of SETTING_VARIABLES) {
    const value = valueOf(variable);
    if (value === '') continue;
    variables[setting] = { variable, value: value.slice(0, MAX_SHOWN) };
    if (variable === PORT_VARIABLE) continue;
    const read = readValue(setting, value);
    if (read === undefined) return { kind: 'refused', problem: badValue(setting, variable, value) };
    settings[setting] = read;
  }
  return { kind: 'read', found: { settings: settingsPatchSchema.parse(settings), variables } };
}

const MAX_SHOWN = 200;
const ON = ['1', 'true', 'yes', 'on'];
const OFF = ['0', 'false', 'no', 'off'];
const NONE = 'none';

const listOf = (text: string) => text.split(/[\s,]+/).filter((part) => part !== '');

/** The first interpretation of a text that the setting accepts; `undefined`: it accepts none. */
function readValue(setting: SettingName, text: string): unknown {
  const schema = settingsPatchSchema.shape[setting];
  const word = text.toLowerCase();
  const meanings: unknown[] = [text];
  if (/^\d{1,15}$/.test(text)) meanings.push(Number(text));
  if (ON.includes(word)) meanings.push(true);
  if (OFF.includes(word)) meanings.push(false);
  if (word === NONE) meanings.push(null, []);
  const list = listOf(text);
  // A slash at the end or a capital letter, as addresses are copied, names the same site.
  meanings.push(list, list.map(siteOf));
  return meanings.find((meaning) => schema.safeParse(meaning).success);
}

function siteOf(text: string): string {
  const read = readSite(text);
  return read.kind === 'site' ? read.site : text;
}

function badValue(setting: SettingName, variable: string, value: string): Problem {
  const schema = settingsPatchSchema.shape[setting];
  const list = listOf(value).map(siteOf);
  const issues = [value, list].flatMap((meaning) => schema.safeParse(meaning).error?.issues ?? []);
  // The setting's own message, about the text or about the first item of its list that is wrong.
  const said = issues.find(({ code }) => code === 'custom');
  const [at] = said?.path ?? [];
  const item = typeof at === 'number' && list.length > 1 ? list[at] : undefined;
  const held = item === undefined ? `is "${value.slice(0, 40)}"` : `holds "${item.slice(0, 40)}"`;
  return {
    code: 'bad-variable',
    cause: `${variable} ${held}, which is not valid for this setting.${said === undefined ? '' : ` ${said.message}`}`,
    cure: `${said === undefined ? `Set it to ${valuesOf(setting)}` : 'Correct it'}, or leave it out, then start Pushdesk again.`,
  };
}

/** The part of a setting's JSON Schema that settings use. */
const shapeSchema = z.object({
  description: z.string().optional(),
  type: z.string().optional(),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  anyOf: z.array(z.unknown()).optional(),
});

/** The values that a setting takes, in words: "a whole number from 1 to 2000", "system, light or dark". */
export function valuesOf(setting: SettingName): string {
  return wordsOf(jsonSchemaOf(setting));
}

const jsonSchemaOf = (setting: SettingName) =>
  z.toJSONSchema(settingsSchema.shape[setting], { io: 'input', unrepresentable: 'any' });

function wordsOf(schema: unknown): string {
  const { type, enum: words, minimum, maximum, anyOf } = shapeSchema.parse(schema);
  if (anyOf !== undefined) return anyOf.map(wordsOf).join(' or ');
  if (words !== undefined) return `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
  switch (type) {
    case 'boolean':
      return '1 (on) or 0 (off)';
    case 'integer':
      return `a whole number from ${minimum ?? 0} to ${maximum ?? 'any'}`;
    case 'null':
      return NONE;
    case 'array':
      return `a comma-separated list, or ${NONE}`;
    default:
      return 'text';
  }
}

/** The default of a setting, as its variable would be written. */
export function defaultOf(setting: SettingName): string {
  const value = settingsSchema.parse({})[setting];
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (value === null || (Array.isArray(value) && value.length === 0)) return NONE;
  return String(value);
}

/** What a setting does, as its schema says. */
export const meaningOf = (setting: SettingName): string =>
  shapeSchema.parse(jsonSchemaOf(setting)).description ?? '';
