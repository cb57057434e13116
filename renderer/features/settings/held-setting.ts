import type { AppInfo } from '../../../electron/contract/app.ts';
import type { SettingName } from '../../../electron/contract/setting-variables.ts';

/** What to say about a setting that a variable fixes for this run; `null`: it can be changed here. */
export function heldText(info: AppInfo | undefined, setting: SettingName): string | null {
  const holder = info?.settingsFromEnvironment[setting];
  return holder === undefined ? null : `Set to ${holder.value} by ${holder.variable} for this run.`;
}
