/** `Retry-After` in one of the two forms of RFC 9110 §10.2.3. */
export interface RetryAfter {
  readonly seconds: number;
  readonly form: 'seconds' | 'date';
}

/** The value of `Retry-After`; `now` is the time on the answering service's clock, in milliseconds. */
export function retryAfterValue(retryAfter: RetryAfter, now: number): string {
  return retryAfter.form === 'seconds'
    ? String(retryAfter.seconds)
    : new Date(now + retryAfter.seconds * 1000).toUTCString();
}
