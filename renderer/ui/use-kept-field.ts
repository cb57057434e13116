import { useRef, useState } from 'react';

interface KeptFieldOptions<Typed, Kept> {
  /** What is kept. */
  value: Kept;
  /** Whether what was typed is what is kept. */
  isSame: (typed: Typed, value: Kept) => boolean;
  /** Why it cannot be kept; `null`: it can. */
  check: (typed: Typed) => string | null;
  /**
   * Keeps it; returns why it was refused, or `null`.
   * @param seen what was kept when the typing began, or by now, where the person typing has been told why it was refused
   */
  save: (typed: Typed, seen: Kept) => Promise<string | null>;
  /** Told whether it holds something that is not kept. */
  onUnsaved?: (isUnsaved: boolean) => void;
}

/**
 * A field that is kept when it is left or Enter is pressed in it. What is refused stays as it was typed, with the reason; only a press
 * tries it again, because somebody who reads that it was changed elsewhere and looks away has not chosen to replace it.
 */
export function useKeptField<Typed, Kept>(options: KeptFieldOptions<Typed, Kept>) {
  const { value, isSame, check, save, onUnsaved = () => undefined } = options;
  const [typed, setTyped] = useState<Typed | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [seen, setSeen] = useState<{ value: Kept } | null>(null);
  const isKeeping = useRef(false);
  const rest = () => {
    setTyped(null);
    setRefusal(null);
    setSeen(null);
    onUnsaved(false);
  };
  const keep = async () => {
    if (typed === null || isKeeping.current) return;
    if (isSame(typed, value)) {
      rest();
      return;
    }
    const wrong = check(typed);
    if (wrong !== null) {
      setRefusal(wrong);
      return;
    }
    isKeeping.current = true;
    const why = await save(typed, (seen ?? { value }).value).finally(() => {
      isKeeping.current = false;
    });
    if (why === null) {
      rest();
      return;
    }
    setRefusal(why);
    // Once told what is there now, the person may replace it.
    setSeen(null);
  };
  return {
    /** `null`: nothing but what is kept. */
    typed,
    refusal,
    type: (next: Typed) => {
      if (typed === null) setSeen({ value });
      setTyped(next);
      setRefusal(null);
      onUnsaved(!isSame(next, value));
    },
    /** On a press. */
    keep: () => void keep(),
    /** Kept as the field is left. */
    leave: () => {
      if (refusal === null) void keep();
    },
    /** Back to what is kept; `false`: nothing else was there. */
    bringBack: (): boolean => {
      if (typed === null) return false;
      rest();
      return true;
    },
  };
}
