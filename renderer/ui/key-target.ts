const PRESSED_INPUTS = ['checkbox', 'radio', 'button', 'submit'];

/** Whether a key belongs to a field that is typed into, or to whatever lies over the screen: there it means something else. */
export function isKeyOfAnother({ target, defaultPrevented }: KeyboardEvent): boolean {
  return defaultPrevented || isBehind() || isElsewhere(target);
}

/**
 * The screen is behind a dialog that has lost the focus to the page, as after a click outside it: keys must not act on what cannot be seen.
 */
const isBehind = () => document.getElementById('root')?.inert === true;

function isElsewhere(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]')) return true;
  if (target instanceof HTMLInputElement) return !PRESSED_INPUTS.includes(target.type);
  return target.isContentEditable || target.matches('textarea, select');
}
