import { expect, it } from 'vitest';
import { sampleRotation } from '../../testing/samples.ts';
import { goneOf, leftWords, pairName, progressWords } from './rotation-words.ts';

it('says how far it has come, also where more moved than there were at the start', () => {
  expect(progressWords(sampleRotation())).toBe('1,204 of 1,834 subscriptions moved, 600 left.');
  expect(progressWords(sampleRotation({ startedWith: 1, moved: 1, left: 0 }))).toBe(
    '1 of 1 subscription moved, 0 left.',
  );
  expect(progressWords(sampleRotation({ startedWith: 1, moved: 2, left: 1 }))).toMatch(/^2 of 3 /);
});

it('says when those that are left were last there, and leaves out what is none', () => {
  expect(leftWords(sampleRotation())).toBe(
    'Last visits: 210 visited in the last 7 days, 100 in the last 30 days, 290 longer ago or never.',
  );
  expect(leftWords(sampleRotation({ left: 4, leftSeen: { inWeek: 0, inMonth: 0 } }))).toBe(
    'Last visits: 4 longer ago or never.',
  );
  expect(leftWords(sampleRotation({ left: 0, leftSeen: { inWeek: 0, inMonth: 0 } }))).toBe('');
});

it('counts who is with neither key any more, and never fewer than none', () => {
  expect(goneOf(sampleRotation())).toBe(30);
  expect(goneOf(sampleRotation({ startedWith: 1 }))).toBe(0);
});

it('names a pair that was removed by its key', () => {
  expect(pairName(sampleRotation().from)).toBe('“Old site”');
  expect(pairName({ id: null, name: null, publicKey: `B${'k'.repeat(86)}` })).toMatch(/^Bkk.*…/);
});
