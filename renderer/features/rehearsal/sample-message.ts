import { messageSchema, type Message } from '../../../electron/contract/message.ts';

/** What is rehearsed while nothing is written yet. */
export const SAMPLE_MESSAGE: Message = messageSchema.parse({
  title: 'Hello from Pushdesk',
  body: 'This is a rehearsal. Only virtual devices see it.',
  ttlSeconds: 3600,
});
