import type { PhoneFindings } from '../../../../electron/contract/http.ts';

/** Chrome on Android where nothing is missing but the person's answer. */
export const READY_PHONE: PhoneFindings = {
  system: 'android',
  browser: 'chrome',
  isInApp: false,
  isSecure: true,
  isStandalone: false,
  hasServiceWorker: true,
  hasPush: true,
  hasNotifications: true,
  permission: 'default',
  worker: 'active',
  isVisible: true,
  problem: null,
};
