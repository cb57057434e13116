import { useMemo } from 'react';
import { useKept } from '../kept.tsx';
import {
  EVERYTHING,
  NOTHING,
  chosen,
  drawnTo,
  toggled,
  withinList,
  without,
  type Selected,
} from './selection.ts';

export interface Selection<Id> {
  /** Rows of the list only: what has left it is no longer chosen. */
  selected: ReadonlySet<Id>;
  /** All that are listed are chosen, even those that are not loaded, except `except`. */
  isAll: boolean;
  except: ReadonlySet<Id>;
  /** `range`: chooses all from the row that was toggled last to this one. */
  toggle: (id: Id, range: boolean) => void;
  /** Draws the range to a row, from the one toggled last or else from `from`. */
  drawTo: (id: Id, from: Id) => void;
  set: (ids: Iterable<Id>) => void;
  /** Chooses all that are listed, loaded or not. */
  setAll: () => void;
  clear: () => void;
}

/**
 * Which rows are chosen.
 *
 * @param ids the rows in the order of the list, as far as a range goes over them
 * @param list names what is listed, such as a filter with a search: in another list nothing is chosen yet
 * @param place where it is kept while its screen is away; lists that are shown side by side have different ones
 * @param loaded all rows that are loaded, where these are more than `ids`: they stay chosen
 */
export function useSelection<Id>(
  ids: readonly Id[],
  list: string,
  place: string,
  loaded: readonly Id[] = ids,
): Selection<Id> {
  const [kept, setKept] = useKept<{ list: string; now: Selected<Id> }>(`selection of ${place}`, {
    list,
    now: NOTHING,
  });
  // For good: coming back to a list, one finds nothing chosen there.
  if (kept.list !== list) setKept({ list, now: NOTHING });
  const now = kept.list === list ? kept.now : NOTHING;
  const { isAll } = now;
  const selected = useMemo(
    () => (isAll ? without(loaded, now.ids) : withinList(now.ids, loaded)),
    [isAll, now, loaded],
  );
  const become = (next: Selected<Id>) => {
    setKept({ list, now: next });
  };
  const inList = isAll ? now : { ...now, ids: selected };
  return {
    selected,
    isAll,
    except: isAll ? now.ids : NOTHING.ids,
    toggle(id, range) {
      become(range ? drawnTo(inList, ids, id) : toggled(inList, id));
    },
    drawTo(id, from) {
      become(drawnTo(inList, ids, id, from));
    },
    set(next) {
      become(chosen(next));
    },
    setAll() {
      become(EVERYTHING);
    },
    clear() {
      become(NOTHING);
    },
  };
}
