import type { z } from 'zod';
import type { deliveryDetailSchema } from '../../../electron/contract/campaign.ts';

export type DeliveryDetail = z.infer<typeof deliveryDetailSchema>;
