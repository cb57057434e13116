import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import { Announced } from '../../ui/Announced.tsx';
import { Form } from '../../ui/Form.tsx';

interface NumberSettingProps {
  label: string;
  description: string;
  /** Said where what stands there is out of range. */
  range: string;
  value: number | null;
  /** What stands in the empty field, where it may be empty. */
  placeholder?: string;
  /** Why it cannot be changed here, in place of its description; `null`: it can. */
  held?: string | null;
  isValid: (value: number | null) => boolean;
  onSave: (value: number | null) => void;
}

/** A number that is saved when the field is left or Enter is pressed, and only when it is in range. */
export function NumberSetting(props: NumberSettingProps) {
  const [typed, setTyped] = useState<number | string>(props.value ?? '');
  const number = typed === '' ? null : Number(typed);
  const isValid = props.isValid(number);
  const [refusals, setRefusals] = useState(0);
  const save = () => {
    if (isValid && number !== props.value) props.onSave(number);
  };
  const text = isValid || refusals === 0 ? '' : props.range;
  return (
    <Form onSubmit={save}>
      <NumberInput
        label={props.label}
        description={props.held ?? props.description}
        disabled={typeof props.held === 'string'}
        error={isValid ? null : props.range}
        {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
        className="pd-settings__number"
        hideControls
        allowDecimal={false}
        allowNegative={false}
        value={typed}
        onChange={setTyped}
        onBlur={() => {
          if (!isValid) setRefusals((count) => count + 1);
          save();
        }}
      />
      <Announced text={text} count={refusals} />
    </Form>
  );
}
