import { describe, expect, it } from 'vitest';
import { json } from '../testing/fakes.ts';
import { looksAgain, viewOf } from './page-state.ts';
import type { PageState, WorkingTask } from './page-state.ts';

const problem = { code: 'denied', cause: 'Why.', cure: 'What to do.' };
const subscription = json('a');

const buttons = (state: PageState) => {
  const { canSubscribe, canCancel } = viewOf(state);
  return { canSubscribe, canCancel };
};

describe('viewOf', () => {
  it('offers nothing while it looks or works', () => {
    const tasks: WorkingTask[] = [
      'asking-app',
      'asking-permission',
      'subscribing',
      'renewing',
      'telling',
      'cancelling',
    ];
    const states: PageState[] = [
      { kind: 'checking' },
      ...tasks.map((task) => ({ kind: 'working' as const, task, subscription: null })),
    ];
    for (const state of states) {
      expect(buttons(state)).toEqual({ canSubscribe: false, canCancel: false });
      expect(viewOf(state)).toMatchObject({ tone: 'busy', cure: '', problemCode: '' });
    }
    expect(new Set(states.map((state) => viewOf(state).headline)).size).toBe(states.length);
  });

  it('offers Subscribe to who is not subscribed, also after a problem', () => {
    expect(buttons({ kind: 'not-subscribed', event: 'none', problem: null })).toEqual({
      canSubscribe: true,
      canCancel: false,
    });
    expect(viewOf({ kind: 'not-subscribed', event: 'none', problem })).toMatchObject({
      tone: 'bad',
      headline: 'This browser is not subscribed',
      detail: 'Why.',
      cure: 'What to do.',
      problemCode: 'denied',
      canSubscribe: true,
      json: '',
    });
  });

  it('says that a cancellation went through, even where the app could not be told', () => {
    expect(viewOf({ kind: 'not-subscribed', event: 'cancelled', problem: null }).headline).toBe(
      'Subscription cancelled',
    );
    expect(viewOf({ kind: 'not-subscribed', event: 'cancelled', problem })).toMatchObject({
      headline: 'Subscription cancelled',
      detail: 'Why.',
      tone: 'warn',
    });
  });

  it('shows the subscription and offers Cancel, and Subscribe only as another try', () => {
    const good = viewOf({ kind: 'subscribed', event: 'new', subscription, problem: null });
    expect(good).toMatchObject({ tone: 'good', canSubscribe: false, canCancel: true });
    expect(JSON.parse(good.json)).toEqual(subscription);
    const bad = viewOf({ kind: 'subscribed', event: 'new', subscription, problem });
    expect(bad).toMatchObject({ tone: 'warn', canSubscribe: true, canCancel: true, detail: 'Why.' });
  });

  it('offers nothing where push does not work', () => {
    expect(viewOf({ kind: 'unsupported', problem })).toMatchObject({
      headline: 'Push does not work here',
      canSubscribe: false,
      canCancel: false,
      cure: 'What to do.',
    });
  });
});

describe('looksAgain', () => {
  const notSubscribed = (code: string | null, event: 'none' | 'cancelled' = 'none'): PageState => ({
    kind: 'not-subscribed',
    event,
    problem: code === null ? null : { ...problem, code },
  });

  it.each<[string, PageState, boolean]>([
    ['while it works', { kind: 'working', task: 'subscribing', subscription: null }, false],
    ['while it checks', { kind: 'checking' }, false],
    ['where push does not work', { kind: 'unsupported', problem }, false],
    ['when subscribed', { kind: 'subscribed', event: 'found', subscription, problem: null }, true],
    ['when not subscribed', notSubscribed(null), true],
    ['when the app was closed', notSubscribed('app-unreachable'), true],
    ['when the app was closed during a cancellation', notSubscribed('app-unreachable', 'cancelled'), true],
    ['when there was no key pair', notSubscribed('no-key-pair'), true],
    ['after a problem that the person should read', notSubscribed('push-service-unreachable'), false],
    ['after a cancellation', notSubscribed(null, 'cancelled'), false],
  ])('%s: %s', (_when, state, again) => {
    expect(looksAgain(state)).toBe(again);
  });
});
