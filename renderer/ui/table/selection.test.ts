import { describe, expect, it } from 'vitest';
import { EVERYTHING, NOTHING, chosen, drawnTo, toggled, withinList, type Selected } from './selection.ts';

const LIST = [1, 2, 3, 4, 5];
const idsOf = ({ ids }: Selected<number>) => [...ids].toSorted((one, other) => one - other);

it('adds a row and takes it out again', () => {
  const once = toggled(chosen([1]), 2);
  expect(idsOf(once)).toEqual([1, 2]);
  expect(idsOf(toggled(once, 2))).toEqual([1]);
});

describe('a range', () => {
  it('goes from the row toggled last, in either direction', () => {
    expect(idsOf(drawnTo(toggled<number>(NOTHING, 2), LIST, 4))).toEqual([2, 3, 4]);
    expect(idsOf(drawnTo(toggled<number>(NOTHING, 4), LIST, 2))).toEqual([2, 3, 4]);
  });

  it('shrinks when it is drawn to a nearer row, and turns over at its anchor', () => {
    const far = drawnTo(toggled<number>(NOTHING, 3), LIST, 5);
    expect(idsOf(drawnTo(far, LIST, 4))).toEqual([3, 4]);
    expect(idsOf(drawnTo(far, LIST, 1))).toEqual([1, 2, 3]);
  });

  it('keeps what was chosen before', () => {
    expect(idsOf(drawnTo(toggled(chosen([1]), 3), LIST, 4))).toEqual([1, 3, 4]);
  });

  it('begins at the given row where there is no anchor, or it has left the list', () => {
    expect(idsOf(drawnTo<number>(NOTHING, LIST, 3, 2))).toEqual([2, 3]);
    expect(idsOf(drawnTo<number>(NOTHING, LIST, 4))).toEqual([4]);
    expect(idsOf(drawnTo(toggled<number>(NOTHING, 99), LIST, 4, 3))).toEqual([3, 4, 99]);
  });

  it('to a row that is not in the list changes nothing', () => {
    expect(idsOf(drawnTo(chosen([1]), LIST, 99))).toEqual([1]);
  });
});

describe('all that are listed', () => {
  it('leave out a row and take it back', () => {
    const but2 = toggled<number>(EVERYTHING, 2);
    expect([but2.isAll, idsOf(but2)]).toEqual([true, [2]]);
    expect(idsOf(toggled(but2, 2))).toEqual([]);
  });

  it('take a whole range back, and leave it out again where it shrinks', () => {
    const but = toggled(toggled(toggled<number>(EVERYTHING, 2), 3), 4);
    const back = drawnTo(but, LIST, 2);
    expect([back.isAll, idsOf(back)]).toEqual([true, []]);
    expect(idsOf(drawnTo(back, LIST, 3))).toEqual([2]);
  });
});

it('nothing stays chosen that has left the list', () => {
  expect([...withinList(new Set([1, 9, 3]), LIST)]).toEqual([1, 3]);
  const all = new Set([2, 4]);
  expect(withinList(all, LIST)).toBe(all);
});
