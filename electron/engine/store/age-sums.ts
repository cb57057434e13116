const DAY_MS = 86_400_000;

/** Answers are summed up in periods of this length. See [Note: age sums]. */
export const AGE_PERIOD_MS = 30 * DAY_MS;

/**
 * The lower bounds of ages, in days since a push service last accepted a message; each age reaches up to the next bound, and the last has
 * no end.
 */
export const AGE_DAYS = [0, 7, 30, 90, 180] as const;
/** The age of a subscription that was never reached. */
export const NEVER_REACHED = -1;

/**
 * The age of a row of `subscriptions`, as SQL.
 * @param now a parameter that holds the time in ms since 1970
 */
export function ageOfRow(now: string): string {
  const steps = AGE_DAYS.slice(1).map(
    (days, index) => `WHEN ${now} - last_accepted_at < ${days * DAY_MS} THEN ${AGE_DAYS[index] ?? 0}`,
  );
  return `CASE WHEN last_accepted_at IS NULL THEN ${NEVER_REACHED} ${steps.join(' ')} ELSE ${AGE_DAYS.at(-1) ?? 0} END`;
}
