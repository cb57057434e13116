import type { PayloadFormat } from '../../../contract/message.ts';
import { angular } from './angular.ts';
import { declarative } from './declarative.ts';
import { fcm } from './fcm.ts';
import type { PayloadFormatDescriptor } from './format.ts';
import { own } from './own.ts';
import { pushdesk } from './pushdesk.ts';

export const PAYLOAD_FORMATS: Readonly<Record<PayloadFormat, PayloadFormatDescriptor>> = {
  pushdesk,
  declarative,
  angular,
  fcm,
  own,
};
