import type { SettingsPatch } from '../../../electron/contract/settings.ts';

export type ChangeSettings = (patch: SettingsPatch) => void;
