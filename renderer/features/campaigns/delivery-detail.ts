import type { z } from 'zod';
import type { deliveryDetailSchema } from '../../../electron/contract/campaigns.ts';

export type DeliveryDetail = z.infer<typeof deliveryDetailSchema>;
