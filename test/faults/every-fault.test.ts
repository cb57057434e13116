import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

/**
 * Every fault that a campaign can meet, and the test here that shows how it ends: with the right state, the right diagnosis, and the
 * campaign finished.
 */
const FAULTS: readonly [fault: string, file: string, test: string][] = [
  ['404', 'answers', `['404', { effect: answer(404) }, gone(404)]`],
  ['410', 'answers', `['410', { effect: answer(410) }, gone(410)]`],
  ['413', 'answers', `failed('payload-too-large', 413)`],
  ['429 with Retry-After in seconds', 'answers', '429 with Retry-After in seconds'],
  ['429 with Retry-After as a date', 'answers', '429 with Retry-After as a date'],
  ['429 for ever', 'answers', `failed('rate-limited', ...eight(429))`],
  ['500', 'answers', `failed('service-error', ...eight(500))`],
  ['503', 'answers', `failed('service-unavailable', ...eight(503))`],
  ['a redirect', 'answers', '%i is not followed'],
  ['another key', 'answers', 'is told apart by %s and marked'],
  ['silence', 'line', 'stays silent for good'],
  ['silence after the message was taken', 'line', 'stays silent after the message was taken'],
  ['a line that drops before the answer', 'line', 'drops each time'],
  ['a line that drops after the message was taken', 'line', 'drops after the message was taken'],
  ['a line that drops in the middle of the answer', 'line', 'drops in the middle of the answer'],
  ['a slow drip', 'line', 'drips for ever'],
  ['an oversized answer', 'line', 'pours far too much'],
  ['oversized headers', 'line', 'headers beyond all measure'],
  ['DNS failure', 'network', 'because the DNS does not know it'],
  ['connection refused', 'network', 'because the connection is refused'],
  ['TLS failure', 'network', 'because its certificate is not trusted'],
  ['a certificate that has run out', 'network', 'a certificate that has run out is not trusted'],
  ['a private address', 'network', 'because the DNS leads to a private address'],
  ['damaged keys', 'network', 'a message that cannot be encrypted to its subscription'],
  ['clock skew', 'clock', 'is named when the token is refused for it: %s'],
  ['a run of one refusal', 'parts', 'stops that part and not'],
  ['disk full', 'store', `describe('a disk that is full'`],
  ['store locked', 'store', `describe('a store that another program holds'`],
];

it.each(FAULTS)('%s has its test', (_fault, file, test) => {
  const source = readFileSync(path.join(import.meta.dirname, `${file}.test.ts`), 'utf8');
  expect(source).toContain(test);
});
