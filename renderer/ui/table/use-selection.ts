import { useRef, useState } from 'react';
import { toggled, withRange } from './selection.ts';

export interface Selection<Id> {
  selected: ReadonlySet<Id>;
  /** `range` selects from the row that was toggled last. */
  toggle: (id: Id, range: boolean) => void;
  set: (ids: Iterable<Id>) => void;
  clear: () => void;
}

/** Which rows are chosen. `ids` are the rows in the order of the list. */
export function useSelection<Id>(ids: readonly Id[]): Selection<Id> {
  const [selected, setSelected] = useState<ReadonlySet<Id>>(new Set());
  const last = useRef<Id | null>(null);
  return {
    selected,
    toggle(id, range) {
      const from = last.current;
      setSelected((before) => (range ? withRange(before, ids, from, id) : toggled(before, id)));
      last.current = id;
    },
    set(next) {
      setSelected(new Set(next));
    },
    clear() {
      last.current = null;
      setSelected((before) => (before.size === 0 ? before : new Set()));
    },
  };
}
