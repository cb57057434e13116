import { plainName } from './field-role.ts';

const DEVICES =
  /^(?:my)?(?:web|mobile|desktop|phone|tablet|laptop|notebook|pc|computer|browser|chrome|chromium|firefox|safari|edge|opera|brave|android|ios|iphone|ipad|mac|macos|windows|linux|pwa)(?:browser|app)?\d{0,2}$/;

/** Whether a name is that of one of somebody's devices, and says nothing about whose it is. */
export const isDeviceName = (name: string): boolean => DEVICES.test(plainName(name));
