/** In milliseconds. */
export interface Times {
  p50: number;
  p95: number;
  max: number;
}

export function timesOf(durations: readonly number[]): Times {
  const sorted = [...durations].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

export function describeTimes({ p50, p95, max }: Times): string {
  return `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, max ${max.toFixed(1)} ms`;
}
