/** What a `datetime-local` input shows for an instant, in the time zone of this machine; `null`: nothing. */
export function localTime(at: number | null): string {
  if (at === null || Number.isNaN(new Date(at).getTime())) return '';
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The instant that such an input means; `null`: none that is after 1970. */
export function instantIn(text: string): number | null {
  const at = new Date(text).getTime();
  return Number.isNaN(at) || at < 0 ? null : at;
}

/** Tomorrow at a full hour, as this machine's clock shows it. */
export function tomorrowAt(hour: number, now: number): number {
  const date = new Date(now);
  date.setDate(date.getDate() + 1);
  return date.setHours(hour, 0, 0, 0);
}
