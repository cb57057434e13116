import { expect, it } from 'vitest';
import type { ReportPhone } from '../../electron/contract/http.ts';
import { findingsOf } from './findings.ts';
import { createReporter } from './reporter.ts';
import { AROUND } from './testing/around.ts';

/** Lets everything that was begun get as far as it can. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
}

/** A page whose permission can change, and an app that answers when it is told to. */
function world() {
  let permission: 'default' | 'granted' = 'default';
  const sent: ReportPhone[] = [];
  const waiting: { resolve: (watching: boolean) => void; reject: (why: Error) => void }[] = [];
  const later: (() => void)[] = [];
  let ends = 0;
  const reporter = createReporter({
    read: () =>
      Promise.resolve({
        token: 'A'.repeat(22),
        visit: '0'.repeat(16),
        findings: findingsOf({ ...AROUND, permission }),
      }),
    send: (report) =>
      new Promise((resolve, reject) => {
        sent.push(report);
        waiting.push({ resolve, reject });
      }),
    onEnd: () => (ends += 1),
    schedule(run) {
      later.push(run);
      return () => undefined;
    },
  });
  const answer = async (what: boolean | Error) => {
    await expect.poll(() => waiting.length).toBe(1);
    const [asked] = waiting.splice(0);
    if (typeof what === 'boolean') asked?.resolve(what);
    else asked?.reject(what);
    await settled();
  };
  return {
    ...reporter,
    answer,
    sent,
    later,
    ends: () => ends,
    grant: () => (permission = 'granted'),
    told: () => sent.map(({ findings }) => findings.permission),
  };
}

it('tells each change once, one after the other', async () => {
  const { look, answer, grant, told } = world();
  look();
  look();
  grant();
  look();
  await answer(true);
  await answer(true);
  look();
  await settled();
  expect(told().at(-1)).toBe('granted');
  expect(new Set(told()).size).toBe(told().length);
});

it('is silent once nobody looks any more', async () => {
  const { look, answer, grant, sent, ends } = world();
  look();
  await answer(false);
  grant();
  look();
  await settled();
  expect([sent.length, ends()]).toEqual([1, 1]);
});

it('tries again for a while where the app cannot be told, and anew with the next change', async () => {
  const { look, answer, later, sent, grant, told } = world();
  look();
  for (let turn = 1; turn <= 3; turn += 1) {
    await answer(new Error('No network.'));
    expect(later).toHaveLength(turn);
    later[turn - 1]?.();
  }
  await answer(new Error('No network.'));
  expect([later.length, sent.length]).toEqual([3, 4]);
  grant();
  look();
  await answer(true);
  expect(told().at(-1)).toBe('granted');
});
