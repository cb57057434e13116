import { useHotkeys } from '@mantine/hooks';
import { isKeyOfAnother } from '../key-target.ts';

interface ListKeys {
  selectAll: () => void;
  remove: () => void;
  clear: () => void;
}

/** Ctrl+A, Delete and Escape for the list of a screen, wherever the focus is, except where these keys mean something else. */
export function useListKeys({ selectAll, remove, clear }: ListKeys): void {
  const here = (act: () => void) => (event: KeyboardEvent) => {
    if (isKeyOfAnother(event)) return;
    event.preventDefault();
    act();
  };
  const options = { preventDefault: false };
  useHotkeys(
    [
      ['mod+A', here(selectAll), options],
      ['Delete', here(remove), options],
      ['Escape', here(clear), options],
    ],
    [],
  );
}
