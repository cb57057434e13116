import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import { Announced } from '../../ui/Announced.tsx';
import { Form } from '../../ui/Form.tsx';
import { useKeptField } from '../../ui/use-kept-field.ts';

interface NumberSettingProps {
  label: string;
  description: string;
  /** Shown where the number is out of range. */
  range: string;
  value: number | null;
  /** What the empty field shows, where it may be empty. */
  placeholder?: string;
  /** Why it cannot be changed here, in place of its description; `null`: it can. */
  held?: string | null;
  isValid: (value: number | null) => boolean;
  /**
   * Returns why it was refused where that is to be shown at the field, or `null`.
   * @param seen what the setting was when the typing began
   */
  onSave: (value: number | null, seen: number | null) => Promise<string | null>;
}

const numberOf = (typed: number | string) => (typed === '' ? null : Number(typed));

/** A number that is saved when the field is left or Enter is pressed, and only when it is in range. */
export function NumberSetting(props: NumberSettingProps) {
  const field = useKeptField<number | string, number | null>({
    value: props.value,
    isSame: (typed, value) => numberOf(typed) === value,
    check: (typed) => (props.isValid(numberOf(typed)) ? null : props.range),
    save: (typed, seen) => props.onSave(numberOf(typed), seen),
  });
  const typed = field.typed ?? props.value ?? '';
  const isValid = props.isValid(numberOf(typed));
  const [refusals, setRefusals] = useState(0);
  const text = isValid || refusals === 0 ? '' : props.range;
  return (
    <Form onSubmit={field.keep}>
      <NumberInput
        label={props.label}
        description={props.held ?? props.description}
        disabled={typeof props.held === 'string'}
        error={isValid ? field.refusal : props.range}
        {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
        className="pd-settings__number"
        hideControls
        allowDecimal={false}
        allowNegative={false}
        value={typed}
        onChange={field.type}
        onBlur={() => {
          if (!isValid) setRefusals((count) => count + 1);
          field.leave();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && field.bringBack()) event.preventDefault();
        }}
      />
      <Announced text={text} count={refusals} />
    </Form>
  );
}
