import type { z } from 'zod';
import type { deliveryDetailSchema } from '../../../electron/contract/deliveries.ts';

export type DeliveryDetail = z.infer<typeof deliveryDetailSchema>;
