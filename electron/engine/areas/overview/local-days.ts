/** A day in the time zone of this machine. It may have 23 or 25 hours. */
export interface LocalDay {
  /** Its first instant, in ms since 1970: midnight, or the hour after it where clocks are set forward at midnight. */
  readonly start: number;
  /** `2026-11-29`. */
  readonly date: string;
}

/** The last days, today included, oldest first. */
export function lastDays(now: number, count: number): LocalDay[] {
  const today = new Date(now);
  return Array.from({ length: count }, (_, index) => {
    // Computed from its date each time: a day whose midnight is missing would otherwise pass its later start on to the others.
    const day = new Date(today.getFullYear(), today.getMonth(), today.getDate() - (count - 1 - index));
    return { start: day.getTime(), date: dateOf(day) };
  });
}

function dateOf(day: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${String(day.getFullYear()).padStart(4, '0')}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
