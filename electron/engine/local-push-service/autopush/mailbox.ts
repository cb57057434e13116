import type { Clock } from '../../base/clock.ts';
import type { Handover, PushMessage } from '../subscriber.ts';
import type { NotificationFrame } from './frames.ts';

/** Messages that one browser has not acknowledged yet. */
export interface Mailbox {
  /** Sends it at once if the browser is connected, and keeps it until it is acknowledged or its TTL is over. */
  put(channelId: string, message: PushMessage): Handover;
  /** The browser is connected: sends what is waiting. */
  connect(send: (frame: NotificationFrame) => void): void;
  /** The browser is disconnected: keeps whatever comes. */
  disconnect(): void;
  acknowledge(version: string): void;
  /** The channel was closed for good. */
  dropChannel(channelId: string): void;
}

interface Letter {
  readonly channelId: string;
  readonly message: PushMessage;
}

/**
 * Keeps messages for their TTL; a newer one replaces an older one with the same topic (RFC 8030 §5.2, §5.4). The id of a message is its
 * version: the browser recognizes a repeat after a lost connection, and no version is used twice.
 */
export function createMailbox(clock: Clock): Mailbox {
  let letters: Letter[] = [];
  let send: ((frame: NotificationFrame) => void) | null = null;

  const expiresAt = ({ message }: Letter) => message.acceptedAt + message.ttlSeconds * 1000;

  function frameOf({ channelId, message }: Letter): NotificationFrame {
    const left = Math.max(0, Math.ceil((message.acceptedAt - clock.now()) / 1000) + message.ttlSeconds);
    const frame = {
      messageType: 'notification',
      channelID: channelId,
      version: message.id,
      ttl: left,
    } as const;
    return message.body === null
      ? frame
      : { ...frame, data: message.body.toString('base64url'), headers: { encoding: 'aes128gcm' } };
  }

  return {
    put(channelId, message) {
      const letter = { channelId, message };
      const { topic } = message;
      letters = letters.filter(
        (other) => topic === null || other.channelId !== channelId || other.message.topic !== topic,
      );
      if (message.ttlSeconds > 0) letters.push(letter);
      send?.(frameOf(letter));
      if (send !== null) return { kind: 'sent-to-browser' };
      return { kind: message.ttlSeconds > 0 ? 'stored' : 'expired' };
    },
    connect(sendFrame) {
      send = sendFrame;
      letters = letters.filter((letter) => expiresAt(letter) > clock.now());
      for (const letter of letters) sendFrame(frameOf(letter));
    },
    disconnect() {
      send = null;
    },
    acknowledge(version) {
      letters = letters.filter(({ message }) => message.id !== version);
    },
    dropChannel(channelId) {
      letters = letters.filter((letter) => letter.channelId !== channelId);
    },
  };
}
