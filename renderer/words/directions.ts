import type { Message } from '../../electron/contract/message.ts';

export const DIRECTION_WORDS: Record<Message['dir'], string> = {
  auto: 'Automatic',
  ltr: 'Left to right',
  rtl: 'Right to left',
};
