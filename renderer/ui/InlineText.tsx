import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { TEXT_DIRECTION } from './text-direction.ts';

interface InlineTextProps {
  label: string;
  /** What is kept. */
  value: string;
  placeholder?: string;
  /** Whether the label is for screen readers only. */
  hidesLabel?: boolean;
  /** Why a text cannot be kept; `null`: it can. */
  check: (text: string) => string | null;
  /**
   * Keeps it; gives why it was refused, or `null`.
   * @param seen what was kept when the typing began, or by now, where whoever types has been told why it was refused
   */
  save: (text: string, seen: string) => Promise<string | null>;
  /** Holds something that is not kept. */
  onUnsaved: (isUnsaved: boolean) => void;
}

/**
 * A text that is kept when it is left or Enter is pressed in it. Escape brings back what is kept; what is refused stays as it was typed,
 * with the reason.
 */
export function InlineText(props: InlineTextProps) {
  const { label, value, placeholder, hidesLabel = false, check, save, onUnsaved } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [seen, setSeen] = useState<string | null>(null);
  const text = typed ?? value;
  const rest = () => {
    setTyped(null);
    setRefusal(null);
    onUnsaved(false);
  };
  const keep = async () => {
    if (typed === null) return;
    if (typed.trim() === value) {
      rest();
      return;
    }
    const wrong = check(typed);
    const why = wrong ?? (await save(typed, seen ?? value));
    if (why === null) rest();
    else {
      setRefusal(why);
      // Told once what is there now, the person may replace it.
      if (wrong === null) setSeen(null);
    }
  };
  return (
    <TextInput
      {...(hidesLabel ? { 'aria-label': label } : { label })}
      {...TEXT_DIRECTION}
      size="xs"
      placeholder={placeholder}
      spellCheck={false}
      value={text}
      error={refusal}
      onChange={(event) => {
        const next = event.currentTarget.value;
        if (typed === null) setSeen(value);
        setTyped(next);
        setRefusal(null);
        onUnsaved(next.trim() !== value);
      }}
      onBlur={() => void keep()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void keep();
        if (event.key !== 'Escape' || typed === null) return;
        // Not for the panel around it.
        event.preventDefault();
        rest();
      }}
    />
  );
}
