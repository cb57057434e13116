import { IconAlertTriangle, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import type { ServerStatus } from '../../electron/contract/server.ts';
import type { StateWords } from './states.ts';

export const SERVER_STATES: Record<ServerStatus['state'], StateWords> = {
  running: {
    word: 'Running',
    tone: 'ok',
    icon: IconPlayerPlay,
    meaning: 'Browsers can open the subscribe page.',
  },
  stopped: {
    word: 'Off',
    tone: 'idle',
    icon: IconPlayerStop,
    meaning: 'The subscribe page cannot be opened.',
  },
  failed: { word: 'Failed', tone: 'bad', icon: IconAlertTriangle, meaning: 'It could not start.' },
};
