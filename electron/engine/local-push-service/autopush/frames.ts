import { z } from 'zod';

const channelId = z.string().regex(/^[0-9a-f-]{32,36}$/i);

/** What a browser may say to the push service. Unknown fields are ignored. */
export const browserFrameSchema = z.discriminatedUnion('messageType', [
  z.object({
    messageType: z.literal('hello'),
    use_webpush: z.literal(true),
    /** Omitted or empty on first contact. */
    uaid: z.string().max(64).optional(),
  }),
  z.object({
    messageType: z.literal('register'),
    channelID: channelId,
    /** The application server key; Firefox pads its base64url. */
    key: z.string().max(200).nullish(),
  }),
  z.object({ messageType: z.literal('unregister'), channelID: channelId }),
  z.object({
    messageType: z.literal('ack'),
    updates: z.array(
      z.object({ channelID: channelId, version: z.string().max(200), code: z.number().int().default(100) }),
    ),
  }),
  z.object({ messageType: z.literal('nack') }),
  z.object({ messageType: z.literal('broadcast_subscribe') }),
  z.object({ messageType: z.literal('ping') }),
]);
/** The short form of a ping. */
const pingSchema = z.strictObject({});
export type BrowserFrame = z.infer<typeof browserFrameSchema>;

/** What the push service says. `{}` is a pong. */
export type ServiceFrame =
  | {
      readonly messageType: 'hello';
      readonly uaid: string;
      readonly status: 200;
      readonly use_webpush: true;
      readonly broadcasts: Readonly<Record<string, string>>;
    }
  | {
      readonly messageType: 'register';
      readonly channelID: string;
      readonly status: 200;
      readonly pushEndpoint: string;
    }
  | { readonly messageType: 'register'; readonly channelID: string; readonly status: 400 }
  | { readonly messageType: 'unregister'; readonly channelID: string; readonly status: 200 | 404 }
  | NotificationFrame
  | Readonly<Record<string, never>>;

/** A message for the browser; without a payload, `data` and `headers` are omitted. */
export interface NotificationFrame {
  readonly messageType: 'notification';
  readonly channelID: string;
  readonly version: string;
  /** What is left of its TTL, in seconds. */
  readonly ttl: number;
  readonly data?: string;
  readonly headers?: { readonly encoding: 'aes128gcm' };
}

/** Reads a text frame; `null` if it is not part of this protocol. The short ping `{}` becomes a `ping`. */
export function parseBrowserFrame(text: string): BrowserFrame | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (pingSchema.safeParse(value).success) return { messageType: 'ping' };
  const parsed = browserFrameSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}
