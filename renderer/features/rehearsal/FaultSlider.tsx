import { Slider } from '@mantine/core';
import { useId } from 'react';
import type { FaultField } from './fault-fields.ts';

interface FaultSliderProps {
  field: FaultField;
  /** In percent. */
  value: number;
  error: string | undefined;
  onChange: (value: number) => void;
}

/** How often something goes wrong, from never to always. */
export function FaultSlider({ field, value, error, onChange }: FaultSliderProps) {
  const id = useId();
  return (
    <div className="pd-fault">
      <div className="pd-fault__text">
        <span id={id} className="pd-fault__label">
          {field.label}
        </span>
        <span className="pd-small pd-soft">{field.meaning}</span>
      </div>
      <Slider
        className="pd-fault__slider"
        size="sm"
        min={0}
        max={100}
        label={null}
        thumbLabel={field.label}
        thumbValueText={`${value} percent`}
        thumbProps={error === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': `${id}-error` }}
        value={value}
        onChange={onChange}
      />
      <output className="pd-fault__value pd-figures" aria-labelledby={id}>
        {value}%
      </output>
      {error !== undefined && (
        <p id={`${id}-error`} className="pd-fault__error pd-small" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
