import type { LookUps, Times } from './look-up-process.ts';

/** Bar of the design for whatever a person looks up. In milliseconds. */
const P95_MS = 50;

/** Rows of the table about looking things up in a large store: what, measured, bar. */
export function lookUpRows({ rows, page, count, search }: LookUps): [string, string, string][] {
  const among = `of ${rows.toLocaleString('en')} subscriptions`;
  const bar = `p95 at most ${String(P95_MS)} ms`;
  return [
    [`A page ${among}`, describe(page), bar],
    [`A filter count ${among}`, describe(count), bar],
    [`A search of 1 to 40 characters ${among}`, describe(search), bar],
  ];
}

function describe({ p50, p95, max }: Times): string {
  return `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, max ${max.toFixed(1)} ms`;
}
