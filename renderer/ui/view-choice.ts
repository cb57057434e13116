import { useState } from 'react';

const PREFIX = 'pushdesk.view.';

/**
 * How a person wants to look at something, kept on this machine: the width of a panel, the columns of a table. It is not worth a setting:
 * where nothing can be kept, it lasts until the window closes.
 *
 * @param name in the store of the window; it stays for good
 * @param read makes a value from what was kept, `null` where nothing was or it is of no use
 */
export function useViewChoice<Value>(
  name: string,
  read: (kept: unknown) => Value,
): [Value, (next: Value) => void] {
  const [value, setValue] = useState(() => read(keptUnder(name)));
  const choose = (next: Value) => {
    setValue(next);
    try {
      localStorage.setItem(PREFIX + name, JSON.stringify(next));
    } catch {
      // The store is full or forbidden.
    }
  };
  return [value, choose];
}

function keptUnder(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name) ?? 'null');
  } catch {
    return null;
  }
}
