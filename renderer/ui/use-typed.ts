import { useCallback, useEffect, useRef, useState, type SyntheticEvent } from 'react';
import type { HeldWork } from './held-work.ts';

type TextField = HTMLInputElement | HTMLTextAreaElement;
const isTextField = (target: EventTarget): target is TextField =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && !['file', 'checkbox', 'radio'].includes(target.type));

const TYPED: HeldWork = {
  question: 'Discard what you typed?',
  keepLabel: 'Keep editing',
  discardLabel: 'Discard',
};

/** Knows whether a dialog holds work: text that somebody typed or pasted, or what a part of it holds. Lets it close only after asking. */
export function useTyped(opened: boolean, onClose: () => void) {
  const typedInto = useRef(new Set<TextField>());
  const cameFrom = useRef<Element | null>(null);
  // Not React state: a key pressed right after a choice must find it held, whether or not anything was drawn since.
  const held = useRef<HeldWork | null>(null);
  const hold = useCallback((work: HeldWork | null) => {
    held.current = work;
  }, []);
  const [asked, setAsked] = useState<HeldWork | null>(null);
  /** Where the person wants to go, once the question is answered; `null`: just away. */
  const goal = useRef<(() => void) | null>(null);
  useEffect(() => {
    const fields = typedInto.current;
    return () => {
      fields.clear();
      setAsked(null);
    };
  }, [opened]);

  const keep = () => {
    setAsked(null);
    if (cameFrom.current instanceof HTMLElement) cameFrom.current.focus();
  };
  const go = (next: (() => void) | null) => {
    const holdsText = [...typedInto.current].some((field) => field.isConnected && field.value.trim() !== '');
    const atStake = held.current ?? (holdsText ? TYPED : null);
    if (atStake === null) {
      (next ?? onClose)();
      return;
    }
    goal.current = next;
    if (asked !== null) return;
    cameFrom.current = document.activeElement;
    setAsked(atStake);
  };
  return {
    /** What is being asked; `null`: nothing. */
    asked,
    hold,
    note: ({ target }: SyntheticEvent) => {
      if (isTextField(target)) typedInto.current.add(target);
    },
    /** What Escape, the close button and a click outside do; where the question is up already, they take it back. */
    leave: () => {
      if (asked === null) go(null);
      else keep();
    },
    /** Goes elsewhere in its place; if the question is up already, that becomes where discarding leads. */
    leaveFor: (next: () => void) => {
      go(next);
    },
    keep,
    discard: () => {
      // Whatever way out is taken now, it is not asked about again.
      held.current = null;
      typedInto.current.clear();
      (goal.current ?? onClose)();
    },
  };
}
