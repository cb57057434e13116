import { z } from 'zod';

/** Where an endpoint lives. */
export const pushServiceSchema = z.enum(['fcm', 'mozilla', 'apple', 'wns', 'other']);
export type PushServiceId = z.infer<typeof pushServiceSchema>;
