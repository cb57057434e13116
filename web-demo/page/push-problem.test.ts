import { describe, expect, it } from 'vitest';
import { pushProblem } from './push-problem.ts';
import { TimedOut } from './with-timeout.ts';

const dom = (name: string) => new DOMException('words of the browser', name);

describe('pushProblem', () => {
  it.each([
    [dom('NotAllowedError'), 'denied'],
    [dom('AbortError'), 'push-service-unreachable'],
    [dom('NetworkError'), 'push-service-unreachable'],
    [dom('InvalidStateError'), 'other-key'],
    [dom('InvalidAccessError'), 'bad-key'],
    [dom('InvalidCharacterError'), 'bad-key'],
    [new TimedOut(), 'timed-out'],
    [dom('QuotaExceededError'), 'browser-refused'],
    [new TypeError('x'), 'browser-refused'],
    ['thrown text', 'browser-refused'],
    [undefined, 'browser-refused'],
  ])('%s → %s', (error, code) => {
    const problem = pushProblem(error, 'subscribing');
    expect(problem.code).toBe(code);
    expect(problem.cause).toMatch(/\.$/);
    expect(problem.cure).toMatch(/\.$/);
  });

  it('names the error that it has no words for', () => {
    expect(pushProblem(dom('QuotaExceededError'), 'cancelling').cause).toBe(
      'The browser could not cancel (QuotaExceededError).',
    );
  });

  it('blames the worker when even looking fails', () => {
    expect(pushProblem(dom('SecurityError'), 'looking').code).toBe('worker-failed');
    expect(pushProblem(new TimedOut(), 'looking').code).toBe('timed-out');
  });
});
