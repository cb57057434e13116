import { useMemo, useState } from 'react';
import { NOTHING, chosen, drawnTo, toggled, withinList, type Selected } from './selection.ts';

export interface Selection<Id> {
  /** Rows of the list only: what has left it is not chosen any more. */
  selected: ReadonlySet<Id>;
  /** `range`: chooses all from the row that was toggled last to this one. */
  toggle: (id: Id, range: boolean) => void;
  /** Draws the range to a row, from the one toggled last or else from `from`. */
  drawTo: (id: Id, from: Id) => void;
  set: (ids: Iterable<Id>) => void;
  clear: () => void;
}

/**
 * Which rows are chosen.
 *
 * @param ids the rows in the order of the list
 * @param list names what is listed, such as a filter with a search: of another list nothing is chosen yet
 */
export function useSelection<Id>(ids: readonly Id[], list: string): Selection<Id> {
  const [kept, setKept] = useState<{ list: string; now: Selected<Id> }>({ list, now: NOTHING });
  // For good: who comes back to a list finds nothing chosen there.
  if (kept.list !== list) setKept({ list, now: NOTHING });
  const now = kept.list === list ? kept.now : NOTHING;
  const selected = useMemo(() => withinList(now.ids, ids), [now, ids]);
  const become = (next: Selected<Id>) => {
    setKept({ list, now: next });
  };
  const inList = { ...now, ids: selected };
  return {
    selected,
    toggle(id, range) {
      become(range ? drawnTo(inList, ids, id) : toggled(inList, id));
    },
    drawTo(id, from) {
      become(drawnTo(inList, ids, id, from));
    },
    set(next) {
      become(chosen(next));
    },
    clear() {
      become(NOTHING);
    },
  };
}
