import { useKept } from '../kept.tsx';

/** The way to the end of a list that is too long to be loaded whole. */
export interface WayToEnd {
  /** There is one: the list is that long. */
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
 * @param isThere it is too long to be loaded whole
 */
export function useWayToEnd(place: string, list: string, isThere: boolean): WayToEnd {
  const [asked, setAsked] = useKept(place, { list: '', isAsked: false });
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
