import type { Message } from '../../../electron/contract/message.ts';
import { formatSeconds } from '../../format/durations.ts';
import {
  FIELD_LABELS,
  formFieldNames,
  isAddressField,
  type FormFieldName,
} from '../../words/message-fields.ts';
import { URGENCY_WORDS } from '../../words/urgencies.ts';

export interface MessageFact {
  name: string;
  value: string;
  isAddress: boolean;
}

/** The fields of a message that was sent, under the names that Compose gives them; what was left empty is not among them. */
export function messageFacts(message: Message): MessageFact[] {
  const values = valuesOf(message);
  return formFieldNames
    .map((name) => ({ name: FIELD_LABELS[name], value: values[name], isAddress: isAddressField(name) }))
    .filter(({ value }) => value !== '');
}

function valuesOf({ actions, ...message }: Message): Record<FormFieldName, string> {
  const [first, second] = actions;
  return {
    ...message,
    action1Title: first?.title ?? '',
    action1Url: first?.url ?? '',
    action2Title: second?.title ?? '',
    action2Url: second?.url ?? '',
    ttlSeconds:
      message.ttlSeconds === 0
        ? 'Not kept: only for devices that are online'
        : formatSeconds(message.ttlSeconds),
    urgency: URGENCY_WORDS[message.urgency],
    requireInteraction: message.requireInteraction ? 'Yes' : '',
  };
}
