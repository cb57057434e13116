/** Fewer recipients than this say nothing about the pace for many: most of their time goes into connecting. */
export const PACE_MIN_RECIPIENTS = 100;

/**
 * How long a send will take, in milliseconds, or `null` when unknown.
 *
 * @param perSecond messages per second of an earlier campaign on this machine; `null`: there was none
 * @param messagesPerMinute the limit that the person has set; `null`: none
 */
export function timeNeeded({
  recipients,
  perSecond,
  messagesPerMinute,
}: {
  recipients: number;
  perSecond: number | null;
  messagesPerMinute: number | null;
}): number | null {
  const paces = [perSecond, messagesPerMinute === null ? null : messagesPerMinute / 60].filter(
    (pace): pace is number => pace !== null && pace > 0,
  );
  return paces.length === 0 ? null : (recipients * 1000) / Math.min(...paces);
}
