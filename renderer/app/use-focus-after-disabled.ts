import { useEffect } from 'react';

/**
 * Gives a control that was disabled while it had the focus, such as a switch while its change is saved, the focus back once it can be
 * used again, unless something else has taken it meanwhile.
 */
export function useFocusAfterDisabled(): void {
  useEffect(() => {
    let focused: Element | null = document.activeElement;
    let waiting: Element | null = null;
    const follow = ({ target }: FocusEvent) => {
      focused = target instanceof Element ? target : null;
      waiting = null;
    };
    const look = (changes: readonly MutationRecord[]) => {
      for (const { target } of changes) {
        if (!(target instanceof HTMLElement)) continue;
        if (target.matches(':disabled')) {
          if (target === focused) waiting = target;
        } else if (target === waiting) {
          waiting = null;
          if (document.activeElement === document.body) target.focus({ preventScroll: true });
        }
      }
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { subtree: true, attributeFilter: ['disabled'] });
    document.addEventListener('focusin', follow);
    return () => {
      observer.disconnect();
      document.removeEventListener('focusin', follow);
    };
  }, []);
}
