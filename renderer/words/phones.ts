import type { PhoneFindings } from '../../electron/contract/http.ts';

export const PHONE_SYSTEM_NAMES: Readonly<Record<PhoneFindings['system'], string>> = {
  ios: 'iOS',
  android: 'Android',
  macos: 'macOS',
  windows: 'Windows',
  other: 'another system',
};

export const PHONE_BROWSER_NAMES: Readonly<Record<PhoneFindings['browser'], string>> = {
  safari: 'Safari',
  chrome: 'Chrome',
  firefox: 'Firefox',
  edge: 'Edge',
  opera: 'Opera',
  samsung: 'Samsung Internet',
  brave: 'Brave',
  other: 'another browser',
};
