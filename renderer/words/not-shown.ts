import type { PushServiceId } from '../../electron/contract/push-service.ts';
import { PUSH_SERVICES } from '../../electron/core/push-services/all.ts';

const EVERYWHERE = [
  'The device may be off or offline. The push service keeps the message until its TTL runs out.',
  'The system settings may block notifications from the browser, or do-not-disturb may be on.',
];

/** What to look at where a push service took a message and its device has not shown it, by where the device is. */
export function whyNotShown(service: PushServiceId): readonly string[] {
  return [...PUSH_SERVICES[service].whyNotShown, ...EVERYWHERE];
}
