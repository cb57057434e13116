import { useMemo } from 'react';
import { useKept } from '../ui/kept.tsx';
import { MAX_LOADED, type PagedList } from './paged-list.ts';

/** The way to the end of a list that is too long to be loaded whole. */
interface WayToEnd {
  /** There is one: it is that long. */
  readonly isThere: boolean;
  readonly isTaken: boolean;
  readonly go: () => void;
  readonly leave: () => void;
}

/**
 * Whether a list is read from its end; kept while its screen is away.
 *
 * @param place names the screen
 * @param list names what is listed: another list begins at its start
 * @param count how many rows there are
 */
export function useWayToEnd(place: string, list: string, count: number): WayToEnd {
  const [asked, setAsked] = useKept(place, { list: '', isAsked: false });
  const isThere = count > MAX_LOADED;
  return {
    isThere,
    isTaken: isThere && asked.isAsked && asked.list === list,
    go: () => {
      setAsked({ list, isAsked: true });
    },
    leave: () => {
      setAsked({ list, isAsked: false });
    },
  };
}

/**
 * One list of its two ends: shown is the one that is asked for, as soon as there is something of it.
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
    /** Of both ends: a row that is chosen at one of them stays so at the other. */
    loaded: useMemo(
      () => (fromEnd === null ? start.list.data : [...(start.list.data ?? []), ...fromEnd]),
      [start.list.data, fromEnd],
    ),
  };
}
