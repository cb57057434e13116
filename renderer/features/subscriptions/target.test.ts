import { describe, expect, it } from 'vitest';
import { EMPTY_FILTER } from '../../audience/filter.ts';
import { sampleAct, subscriptionId } from '../../testing/samples.ts';
import { doneWords, progressWords } from './act-words.ts';
import { chosenOf, chosenWords } from './target.ts';

const ids = (...numbers: number[]) => new Set(numbers.map(subscriptionId));
const LISTED = { filter: EMPTY_FILTER, matching: 18_204 };

describe('what is selected', () => {
  it('is nothing, some rows, or all that match but some', () => {
    const none = { selected: ids(), isAll: false, except: ids() };
    expect(chosenOf(none, LISTED)).toBeNull();
    expect(chosenOf({ ...none, selected: ids(3, 4) }, LISTED)).toEqual({ target: { ids: [3, 4] }, count: 2 });
    expect(chosenOf({ ...none, isAll: true, except: ids(5) }, LISTED)).toEqual({
      target: { filter: EMPTY_FILTER, except: [5] },
      count: 18_203,
    });
  });

  it('is nothing where all that match were taken out', () => {
    expect(chosenOf({ selected: ids(), isAll: true, except: ids(1) }, { ...LISTED, matching: 1 })).toBeNull();
  });

  it('is told with its number', () => {
    const all = chosenOf({ selected: ids(), isAll: true, except: ids() }, LISTED);
    expect(all && chosenWords(all)).toBe('18,204 subscriptions');
    expect(chosenWords({ count: 1 })).toBe('1 subscription');
  });
});

describe('the words of an act', () => {
  it.each([
    [{ act: { kind: 'tag', tags: ['a', 'b'] }, changed: 2 }, '2 tags added to 2 subscriptions.'],
    [{ act: { kind: 'untag', tags: ['a'] }, changed: 1 }, '“a” removed from 1 subscription.'],
    [{ act: { kind: 'label', label: null }, changed: 1 }, 'Label removed from 1 subscription.'],
    [{ act: { kind: 'tag', tags: ['a'] }, changed: 0 }, 'Nothing changed: they all had it already.'],
    [{ state: 'undone', restored: 3 }, 'Undone for 3 subscriptions.'],
  ] as const)('%j', (change, words) => {
    expect(doneWords(sampleAct(change as Parameters<typeof sampleAct>[0]))).toBe(words);
  });

  it('say how far it has come', () => {
    expect(progressWords(sampleAct({ state: 'choosing', matched: null }))).toBe(
      'Moving to the bin: finding subscriptions…',
    );
    expect(progressWords(sampleAct({ state: 'undoing', matched: 2000, done: 1000 }))).toBe(
      'Undoing: 1,000 of 2,000 subscriptions',
    );
  });
});
