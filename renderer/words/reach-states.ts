import { IconAlertTriangle, IconCircleCheck, IconHelpCircle } from '@tabler/icons-react';
import type { StateWords } from './states.ts';

/** Whether the public address leads to this engine, as far as it was checked. */
export const REACH_STATES: Record<'unchecked' | 'reached' | 'failed', StateWords> = {
  unchecked: {
    word: 'Not checked',
    tone: 'idle',
    icon: IconHelpCircle,
    meaning: 'Not checked yet.',
  },
  reached: {
    word: 'Reachable',
    tone: 'ok',
    icon: IconCircleCheck,
    meaning: 'At the last check, this address led to this engine.',
  },
  failed: {
    word: 'Not reachable',
    tone: 'bad',
    icon: IconAlertTriangle,
    meaning: 'At the last check, this address did not lead to this engine.',
  },
};
