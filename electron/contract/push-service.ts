import { z } from 'zod';

/** Where an endpoint lives. `rehearsal` is the local push service of this machine. */
export const pushServiceSchema = z.enum(['fcm', 'mozilla', 'apple', 'wns', 'rehearsal', 'other']);
export type PushServiceId = z.infer<typeof pushServiceSchema>;
