import type { Message } from '../../../electron/contract/message.ts';
import { utmNames } from '../../../electron/contract/utm.ts';
import { PAYLOAD_FORMATS } from '../../../electron/core/message/formats/all.ts';
import { formatExact } from '../../format/moments.ts';
import { formatSeconds } from '../../format/durations.ts';
import {
  buttonField,
  FIELD_LABELS,
  formFieldNames,
  isAddressField,
  type FormFieldName,
} from '../../words/message-fields.ts';
import { DIRECTION_WORDS } from '../../words/directions.ts';
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
    .map((name) => ({ name: FIELD_LABELS[name], value: values[name] ?? '', isAddress: isAddressField(name) }))
    .filter(({ value }) => value !== '');
}

/** In which language one recipient got it, and with which values. */
export function personalFacts({
  language,
  values,
}: {
  language: string;
  values: Readonly<Record<string, string>>;
}): MessageFact[] {
  const named = Object.entries(values).map(([name, value]) => `${name}: ${value}`);
  return [
    { name: 'Language', value: language === '' ? 'Default' : language, isAddress: false },
    ...(named.length === 0 ? [] : [{ name: 'Values', value: named.join('\n'), isAddress: false }]),
  ];
}

function valuesOf({ actions, ...message }: Message): Partial<Record<FormFieldName, string>> {
  const buttons = actions.flatMap(({ title, url }, index) => [
    [buttonField(index + 1, 'Title'), title],
    [buttonField(index + 1, 'Url'), url],
  ]);
  const yes = (value: boolean) => (value ? 'Yes' : '');
  const time = (instant: number | null) => (instant === null ? '' : formatExact(instant));
  return {
    ...message,
    ...(Object.fromEntries(buttons) as Partial<Record<FormFieldName, string>>),
    ttlSeconds:
      message.ttlSeconds === 0
        ? 'Not kept: only for devices that are online'
        : formatSeconds(message.ttlSeconds),
    expiresAt: time(message.expiresAt),
    urgency: URGENCY_WORDS[message.urgency],
    requireInteraction: yes(message.requireInteraction),
    texts: Object.entries(message.texts)
      .map(([language, { title, body }]) => `${language}: ${[title, body].filter(Boolean).join(' · ')}`)
      .join('\n'),
    missingValues: message.missingValues === 'leave-out' ? 'Leave those recipients out' : '',
    utm: utmNames
      .flatMap((name) => (message.utm[name] === '' ? [] : [`utm_${name}=${message.utm[name]}`]))
      .join('\n'),
    silent: yes(message.silent),
    renotify: yes(message.renotify),
    vibrate: message.vibrate.length === 0 ? '' : `${message.vibrate.join(', ')} ms`,
    timestamp: time(message.timestamp),
    appBadge: message.appBadge === null ? '' : String(message.appBadge),
    dir: message.dir === 'auto' ? '' : DIRECTION_WORDS[message.dir],
    format: message.format === 'pushdesk' ? '' : PAYLOAD_FORMATS[message.format].name,
    ownFormat: message.format === 'own' ? message.ownFormat : '',
  };
}
