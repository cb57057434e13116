import type { Problem } from '../../../electron/contract/problem.ts';
import type { SettingsPatch } from '../../../electron/contract/settings.ts';

/**
 * Changes settings; returns why that was refused, or `null`.
 *
 * @param seen what they were when the typing began: what was changed elsewhere meanwhile is not replaced. A choice made with one press
 *   does not depend on what was read earlier, and leaves it out.
 */
export type ChangeSettings = (patch: SettingsPatch, seen?: SettingsPatch) => Promise<Problem | null>;

/** The part of a refusal that is shown at the field it is about; all else is said above the screen. */
export const atField = (problem: Problem | null): string | null =>
  problem?.code === 'changed-elsewhere'
    ? `${problem.cause} Press Enter to replace it, or Escape to keep it.`
    : null;
