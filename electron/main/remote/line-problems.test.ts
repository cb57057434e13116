import { describe, expect, it } from 'vitest';
import { endOfAnswer, endOfClose, endOfError } from './line-problems.ts';

const codeOf = (error: unknown) => endOfError(error, 'push.example.org').problem.code;
const failed = (code: string) => Object.assign(new Error(code), { code });

describe('why there is no line', () => {
  it.each([
    ['ENOTFOUND', 'line-dns'],
    ['EAI_AGAIN', 'line-dns'],
    ['ECONNREFUSED', 'line-refused'],
    ['EHOSTUNREACH', 'line-unreachable'],
    ['ETIMEDOUT', 'line-silent'],
    ['ECONNRESET', 'line-broken'],
    ['CERT_HAS_EXPIRED', 'line-certificate-expired'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'line-certificate-name'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'line-certificate-untrusted'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'line-certificate-untrusted'],
    ['EPROTO', 'line-no-tls'],
  ])('%s is %s', (code, expected) => {
    expect(codeOf(failed(code))).toBe(expected);
    expect(codeOf(new AggregateError([failed(code), failed('ECONNRESET')]))).toBe(expected);
  });

  it.each([null, undefined, 'text', {}, { code: 7 }, new AggregateError([])])(
    'is said in general words where nothing more is known: %j',
    (error) => {
      expect(codeOf(error)).toBe('line-broken');
    },
  );

  it.each(['ENOTFOUND', 'EHOSTUNREACH', 'ETIMEDOUT'])(
    'says where a proxy is set, which may be the only way out: %s',
    (code) => {
      expect(endOfError(failed(code), 'push.example.org').problem.cure).toContain('HTTPS_PROXY');
    },
  );

  it('names the server in each, and never repeats more than a little of what it said', () => {
    const answers = [301, 400, 401, 403, 404, 421, 426, 429, 500, 502].map((status) =>
      endOfAnswer(
        { status, body: JSON.stringify({ detail: 'x'.repeat(9000), cure: 'y' }), retryAfter: undefined },
        'push.example.org',
      ),
    );
    const closes = [1000, 1009, 1012, 4401, 4403, 4409, 4429].map((code) =>
      endOfClose(code, 'push.example.org'),
    );
    for (const { problem } of [...answers, ...closes]) {
      expect(problem.cause.length).toBeLessThan(300);
      expect(problem.cause.length * problem.cure.length).toBeGreaterThan(0);
    }
  });

  it.each(['', '[]', 'null', '{"code":7}', '<html>'])('reads no words out of %j', (body) => {
    expect(endOfAnswer({ status: 403, body, retryAfter: 'soon' }, 'h').problem.cause).toBe(
      'h refused the connection.',
    );
  });
});

it('what a server says of its refusal is shown as its own words, with nothing hidden in it', () => {
  const body = JSON.stringify({ code: 'other', detail: 'No\u202E.', cure: 'Ask\u0007.' });
  expect(endOfAnswer({ status: 403, body, retryAfter: undefined }, 'push.example').problem).toMatchObject({
    cause: 'push.example says: No\\u202E.',
    cure: 'push.example says: Ask\\u0007.',
  });
});
