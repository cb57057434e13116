const whole = new Intl.NumberFormat('en');
const oneDigit = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** `1204` → `1,204`. */
export const formatCount = (count: number): string => whole.format(count);

/** A count with its noun: `1 recipient`, `1,204 recipients`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Share of a whole: `98.5%`; never `100%` or `0%` unless it is exactly that. */
export function formatShare(part: number, all: number): string {
  if (all === 0) return '–';
  const percent = (part / all) * 100;
  if (percent > 99.9 && part < all) return '99.9%';
  if (percent < 0.1 && part > 0) return '0.1%';
  return `${oneDigit.format(percent)}%`;
}

/** A size in bytes as people read it: `312 bytes`, `3.9 kB`, `25.1 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes >= 1_000_000) return `${oneDigit.format(bytes / 1_000_000)} MB`;
  return bytes < 1000 ? countOf(bytes, 'byte') : `${oneDigit.format(bytes / 1000)} kB`;
}
