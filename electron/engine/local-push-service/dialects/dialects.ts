import { apple } from './apple.ts';
import type { Dialect, DialectName } from './dialect.ts';
import { fcm } from './fcm.ts';
import { mozilla } from './mozilla.ts';
import { wns } from './wns.ts';

/** Every push service that can be imitated, by name. */
export const DIALECTS: Readonly<Record<DialectName, Dialect>> = { mozilla, fcm, apple, wns };
