import { useEffect, useRef, useState } from 'react';
import { copyText } from './copy-text.ts';

export type CopyOutcome = 'idle' | 'copied' | 'refused';

/** Copies, and tells for a moment how it went. */
export function useCopy(shownForMs = 1_500) {
  const [outcome, setOutcome] = useState<CopyOutcome>('idle');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
    },
    [],
  );

  const copy = async (text: string, lines = false) => {
    const copied = await copyText(text, lines);
    setOutcome(copied ? 'copied' : 'refused');
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setOutcome('idle');
    }, shownForMs);
  };
  return { outcome, copy };
}
