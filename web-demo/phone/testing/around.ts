import type { Around } from '../findings.ts';

/** Chrome on Android where nothing is missing, before anybody has pressed anything. */
export const AROUND: Around = {
  origin: 'https://push.example.org',
  userAgent:
    'Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0 Mobile Safari/537.36',
  isBrave: false,
  isInApp: false,
  isSecureContext: true,
  hasServiceWorker: true,
  hasPush: true,
  hasNotifications: true,
  isIos: false,
  isStandalone: false,
  permission: 'default',
  worker: 'active',
  isVisible: true,
  problem: '',
};
