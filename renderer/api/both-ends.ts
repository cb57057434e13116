import { useMemo } from 'react';
import type { WayToEnd } from '../ui/table/way-to-end.ts';
import type { PagedList } from './paged-list.ts';

/**
 * One list read from either end: it shows the end that is asked for, as soon as there is something of it.
 *
 * @param end the same list the other way round
 */
export function useBothEnds<Item>(start: PagedList<Item>, end: PagedList<Item>, way: WayToEnd) {
  const turned = end.list.data;
  const fromEnd = useMemo(
    () => (way.isTaken && turned !== undefined ? turned.toReversed() : null),
    [way.isTaken, turned],
  );
  const { list, more } = fromEnd === null ? start : { ...end, list: { ...end.list, data: fromEnd } };
  return {
    list,
    more: way.isThere ? { ...more, end: { isAt: fromEnd !== null, go: way.go, leave: way.leave } } : more,
    /** Of both ends: a row that is chosen at one of them stays chosen at the other. */
    loaded: useMemo(
      () => (fromEnd === null ? start.list.data : [...(start.list.data ?? []), ...fromEnd]),
      [start.list.data, fromEnd],
    ),
  };
}
