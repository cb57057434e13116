import { TextInput } from '@mantine/core';
import { TEXT_DIRECTION } from './text-direction.ts';
import { useKeptField } from './use-kept-field.ts';

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
   * Keeps it; returns why it was refused, or `null`.
   * @param seen what was kept when the typing began, or by now, where the person typing has been told why it was refused
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
  const field = useKeptField<string, string>({
    value,
    isSame: (typed, kept) => typed.trim() === kept,
    check,
    save,
    onUnsaved,
  });
  return (
    <TextInput
      {...(hidesLabel ? { 'aria-label': label } : { label })}
      {...TEXT_DIRECTION}
      size="xs"
      placeholder={placeholder}
      spellCheck={false}
      value={field.typed ?? value}
      error={field.refusal}
      onChange={(event) => {
        field.type(event.currentTarget.value);
      }}
      onBlur={field.leave}
      onKeyDown={(event) => {
        if (event.key === 'Enter') field.keep();
        // The key is not meant for the panel around it.
        if (event.key === 'Escape' && field.bringBack()) event.preventDefault();
      }}
    />
  );
}
