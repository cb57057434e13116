import type { Message } from '../../../electron/contract/message.ts';
import { actionNameOf } from '../../../electron/core/message/payload.ts';

/** The text on the button that a receipt names; its own name where the message has no such button. */
export function buttonName(action: string, message: Pick<Message, 'actions'>): string {
  return message.actions.find((_, index) => actionNameOf(index) === action)?.title ?? action;
}
