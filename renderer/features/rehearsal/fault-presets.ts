import type { LastCampaign, RehearsalFaults } from '../../../electron/contract/rehearsal.ts';
import { ORDINARY_FAULTS } from './fault-fields.ts';

export type FaultPreset = 'none' | 'typical' | 'bad-day' | 'last-campaign' | 'own';

const NO_FAULTS: RehearsalFaults = {
  gone: 0,
  wrongKey: 0,
  rateLimited: 0,
  serviceErrors: 0,
  droppedLines: 0,
  oddAnswers: 0,
  slow: 0,
};

/** A push service in trouble and a list that has not been tidied for a long time; every message is still settled within minutes. */
const BAD_DAY_FAULTS: RehearsalFaults = {
  gone: 15,
  wrongKey: 3,
  rateLimited: 5,
  serviceErrors: 15,
  droppedLines: 5,
  oddAnswers: 4,
  slow: 10,
};

/** What can be chosen above the sliders. `own` is whatever the sliders are moved to. */
export function faultPresets(
  last: LastCampaign | null | undefined,
): { value: FaultPreset; label: string; faults: RehearsalFaults | null }[] {
  return [
    { value: 'none', label: 'None', faults: NO_FAULTS },
    { value: 'typical', label: 'Typical', faults: ORDINARY_FAULTS },
    { value: 'bad-day', label: 'Bad day', faults: BAD_DAY_FAULTS },
    ...(last ? [{ value: 'last-campaign' as const, label: 'Last campaign', faults: last.faults }] : []),
    { value: 'own', label: 'Custom', faults: null },
  ];
}
