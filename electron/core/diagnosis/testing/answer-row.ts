import type { PushServiceId } from '../../../contract/push-service.ts';
import type { Outcome } from '../answer.ts';

export const NOW = Date.UTC(2024, 0, 1, 12);

/** An answer, and what it must result in. */
export interface Row {
  /** The rule of the table that has to apply. */
  rule: string | null;
  service: PushServiceId;
  status: number;
  body?: string;
  headers?: [string, string][];
  outcome: Outcome;
}

export const accepted: Outcome = { kind: 'accepted' };
export const gone: Outcome = { kind: 'gone', diagnosis: 'subscription-gone' };
export const unknownEndpoint: Outcome = { kind: 'gone', diagnosis: 'endpoint-unknown' };
export const mismatched: Outcome = { kind: 'mismatched', diagnosis: 'made-with-another-key' };
export const failed = (diagnosis: string): Outcome => ({ kind: 'failed', diagnosis, pausesPart: false });
export const pauses = (diagnosis: string): Outcome => ({ kind: 'failed', diagnosis, pausesPart: true });
export const retry = (diagnosis: string, retryAfterMs: number | null = null): Outcome => ({
  kind: 'retry',
  diagnosis,
  retryAfterMs,
  throttled: false,
});
export const throttled = (retryAfterMs: number | null = null): Outcome => ({
  kind: 'retry',
  diagnosis: 'rate-limited',
  retryAfterMs,
  throttled: true,
});

export const alone = (retryAfterMs: number | null = null): Outcome => ({
  kind: 'retry',
  diagnosis: 'channel-throttled',
  retryAfterMs,
  throttled: false,
  onlyThis: true,
});

export const PAGE =
  '\n<!DOCTYPE html><html><head><title>Hotel login</title></head><body>Welcome</body></html>';
export const legacy = (error: string) =>
  JSON.stringify({ multicast_id: 1, success: 0, failure: 1, results: [{ error }] });
export const v1 = (
  code: number,
  status: string,
  errorCode: string,
  message = 'Requested entity was not found.',
) =>
  JSON.stringify(
    {
      error: {
        code,
        message,
        status,
        details: [{ '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode }],
      },
    },
    null,
    2,
  );
export const mozilla = (code: number, errno: number, message: string) =>
  JSON.stringify({ code, errno, error: 'Unauthorized', message, more_info: 'http://example.com' });
export const apple = (reason: string) => JSON.stringify({ reason });
export const FCM_MISMATCH =
  'the VAPID credentials in the authorization header do not correspond to the credentials used to create the subscriptions.\n';
export const WNS_CONFLICT: [string, string] = [
  'x-wns-error-description',
  'Ttl value conflicts with X-WNS-Cache-Policy.',
];
