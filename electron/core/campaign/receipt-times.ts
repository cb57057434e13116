const MINUTE_MS = 60_000;
const HOUR = 60;
const DAY = 24 * HOUR;

/**
 * When something that a device reports happened, by the engine's own clock: devices only say how long ago it was. Never before the campaign
 * was made, never in the future.
 *
 * @param now ms since 1970
 * @param agoMs as reported by the device
 * @param createdAt of the campaign, ms since 1970
 */
export function receiptTime(now: number, agoMs: number, createdAt: number): number {
  return Math.max(Math.min(createdAt, now), now - agoMs);
}

/**
 * Where it counts on the curve of a campaign: minutes since it was made, by the minute for three hours, by the hour for three days, by the
 * day afterwards. So a curve has about 300 points however long devices take.
 */
export function curveMinute(at: number, createdAt: number): number {
  const minute = Math.max(0, Math.floor((at - createdAt) / MINUTE_MS));
  const step = minute < 3 * HOUR ? 1 : minute < 3 * DAY ? HOUR : DAY;
  return minute - (minute % step);
}
