import type { Message } from '../../electron/contract/message.ts';

export const DIRECTION_WORDS: Record<Message['dir'], string> = {
  auto: 'As the text runs',
  ltr: 'Left to right',
  rtl: 'Right to left',
};
