import type { Problem } from '../../../electron/contract/problem.ts';
import type { SettingsPatch } from '../../../electron/contract/settings.ts';

/**
 * Changes settings; gives why that was refused, or `null`.
 *
 * @param seen what they were when the typing began: what was changed elsewhere meanwhile is not replaced. What one press chooses rests on
 *   nothing that was read earlier, and goes without it.
 */
export type ChangeSettings = (patch: SettingsPatch, seen?: SettingsPatch) => Promise<Problem | null>;

/** What of a refusal stands at the field that it is about; all else is said above the screen. */
export const atField = (problem: Problem | null): string | null =>
  problem?.code === 'changed-elsewhere'
    ? `${problem.cause} Press Enter to replace it, or Escape to keep it.`
    : null;
