import { useEffect, useRef, useState, type SyntheticEvent } from 'react';

type TextField = HTMLInputElement | HTMLTextAreaElement;
const isTextField = (target: EventTarget): target is TextField =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && !['file', 'checkbox', 'radio'].includes(target.type));

/** Knows whether a dialog holds text that somebody typed or pasted, and lets it close only after asking. */
export function useTyped(opened: boolean, onClose: () => void) {
  const typedInto = useRef(new Set<TextField>());
  const cameFrom = useRef<Element | null>(null);
  const [isAsking, setAsking] = useState(false);
  useEffect(() => {
    const fields = typedInto.current;
    return () => {
      fields.clear();
      setAsking(false);
    };
  }, [opened]);

  const keep = () => {
    setAsking(false);
    if (cameFrom.current instanceof HTMLElement) cameFrom.current.focus();
  };
  return {
    isAsking,
    note: ({ target }: SyntheticEvent) => {
      if (isTextField(target)) typedInto.current.add(target);
    },
    /** What Escape, the close button and a click outside do; where the question is asked already, they take it back. */
    leave: () => {
      const holdsText = [...typedInto.current].some(
        (field) => field.isConnected && field.value.trim() !== '',
      );
      if (!holdsText) onClose();
      else if (isAsking) keep();
      else {
        cameFrom.current = document.activeElement;
        setAsking(true);
      }
    },
    keep,
    discard: onClose,
  };
}
