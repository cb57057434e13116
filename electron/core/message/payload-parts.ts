import type { PushPayload } from '../../contract/http.ts';
import {
  MESSAGE_FIELDS,
  messageFieldNames,
  type Message,
  type MessageField,
  type MessageFieldName,
} from '../../contract/message.ts';

/** The name, in the payload and in receipts, of the button at this position. */
export const actionNameOf = (index: number) => `action-${index + 1}`;

/** What every payload format is made from: the fields of a message under the names of the browser, without those that are empty. */
export type PayloadParts = PushPayload & { id: string };

/** Parameters as for `buildPayload`. */
export function partsOf(message: Message, id: string, receipts: boolean): PayloadParts {
  const shown = messageFieldNames.flatMap((name) => {
    const { shownAs } = MESSAGE_FIELDS[name] as MessageField;
    const value = message[name];
    return shownAs === undefined || isEmpty(name, value) ? [] : [[shownAs, value] as const];
  });
  const actions = message.actions.map(({ title, url }, index) => ({
    action: actionNameOf(index),
    title,
    ...(url === '' ? {} : { url }),
  }));
  return {
    id,
    title: message.title,
    ...Object.fromEntries(shown),
    ...(message.data.trim() === '' ? {} : { data: dataOf(message.data) }),
    ...(actions.length > 0 ? { actions } : {}),
    ...(receipts ? { receipts } : {}),
  };
}

/** `auto` is the browsers' default direction. */
function isEmpty(name: MessageFieldName, value: unknown): boolean {
  if (value === '' || value === false || value === null) return true;
  return Array.isArray(value) ? value.length === 0 : name === 'dir' && value === 'auto';
}

/** While it is being written it may not be JSON yet: then the text itself is used. */
function dataOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
