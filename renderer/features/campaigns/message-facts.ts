import type { Message } from '../../../electron/contract/message.ts';
import { formatSeconds } from '../../format/durations.ts';
import { URGENCY_WORDS } from '../../words/urgencies.ts';

export interface MessageFact {
  name: string;
  value: string;
  isAddress: boolean;
}

/** The fields of a message that was sent, under the names that Compose gives them; what was left empty is not among them. */
export function messageFacts(message: Message): MessageFact[] {
  const words = (name: string, value: string): MessageFact => ({ name, value, isAddress: false });
  const address = (name: string, value: string): MessageFact => ({ name, value, isAddress: true });
  const { ttlSeconds, actions } = message;
  return [
    words('Title', message.title),
    words('Body', message.body),
    address('URL', message.url),
    address('Icon URL', message.iconUrl),
    address('Badge URL', message.badgeUrl),
    address('Image URL', message.imageUrl),
    ...actions.flatMap(({ title, url }, index) => [
      words(`Button ${index + 1} text`, title),
      address(`Button ${index + 1} link`, url),
    ]),
    words('TTL', ttlSeconds === 0 ? 'Not kept: only for devices that are online' : formatSeconds(ttlSeconds)),
    words('Urgency', URGENCY_WORDS[message.urgency]),
    words('Topic', message.topic),
    words('Tag', message.tag),
    words('Stay on screen', message.requireInteraction ? 'Until closed' : ''),
  ].filter(({ value }) => value !== '');
}
