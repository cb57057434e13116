import { useHotkeys } from '@mantine/hooks';

interface ListKeys {
  selectAll: () => void;
  remove: () => void;
  clear: () => void;
}

/**
 * Ctrl+A, Delete and Escape for the list of a screen, wherever the focus is, except in fields that are typed into and whatever lies over
 * the list: there these keys mean something else.
 */
export function useListKeys({ selectAll, remove, clear }: ListKeys): void {
  const here = (act: () => void) => (event: KeyboardEvent) => {
    if (event.defaultPrevented || isBehind() || isElsewhere(event.target)) return;
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

const PRESSED_INPUTS = ['checkbox', 'radio', 'button', 'submit'];

/**
 * The list is behind a dialog that has lost the focus to the page, as after a click outside it: keys must not act on what cannot be seen.
 */
const isBehind = () => document.getElementById('root')?.inert === true;

function isElsewhere(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]')) return true;
  if (target instanceof HTMLInputElement) return !PRESSED_INPUTS.includes(target.type);
  return target.isContentEditable || target.matches('textarea, select');
}
