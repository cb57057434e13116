import { Checkbox, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { CampaignChoices } from './CampaignChoice.tsx';
import type { EditorProps } from './editor-props.ts';

const SPANS = [
  { days: 1, label: 'In the last 24 hours' },
  { days: 7, label: 'In the last 7 days' },
  { days: 30, label: 'In the last 30 days' },
  { days: 90, label: 'In the last 90 days' },
];
const MAX_DAYS = 3650;

/** When its device last showed a message, or that it never did. */
export function ShownChoice({ filter, onChange }: EditorProps) {
  const options = [
    {
      never: true,
      label: 'Never shown',
      description: 'Can report receipts, but never reported showing a message.',
    },
    { never: false, label: 'Shown at least once', description: 'Reported showing a message.' },
  ];
  return (
    <>
      <Span
        legend="Shown"
        days={filter.shownWithinDays}
        onChange={(shownWithinDays) => {
          onChange({ ...filter, shownWithinDays, neverShown: null });
        }}
      >
        {options.map(({ never, label, description }) => (
          <Checkbox
            key={label}
            label={label}
            description={description}
            checked={filter.neverShown === never}
            onChange={(event) => {
              onChange({
                ...filter,
                shownWithinDays: null,
                neverShown: event.currentTarget.checked ? never : null,
              });
            }}
          />
        ))}
      </Span>
      <CampaignChoices kind="shown" filter={filter} onChange={onChange} />
    </>
  );
}

export function ClickedChoice({ filter, onChange }: EditorProps) {
  return (
    <>
      <Span
        legend="Clicked"
        days={filter.clickedWithinDays}
        onChange={(clickedWithinDays) => {
          onChange({ ...filter, clickedWithinDays });
        }}
      />
      <CampaignChoices kind="clicked" filter={filter} onChange={onChange} />
    </>
  );
}

/** Whether its device sends receipts at all. */
export function ReportsChoice({ filter, onChange }: EditorProps) {
  const options = [
    {
      can: false,
      label: 'Can’t report',
      description: 'Its service worker has never said that it sends receipts.',
    },
    { can: true, label: 'Can report', description: 'Its service worker sends receipts.' },
  ];
  return (
    <fieldset className="pd-condition__choices">
      <legend>Receipts</legend>
      {options.map(({ can, label, description }) => (
        <Checkbox
          key={label}
          label={label}
          description={description}
          checked={filter.canReport === can}
          onChange={(event) => {
            onChange({ ...filter, canReport: event.currentTarget.checked ? can : null });
          }}
        />
      ))}
    </fieldset>
  );
}

interface SpanProps {
  legend: string;
  days: number | null;
  onChange: (days: number | null) => void;
  children?: React.ReactNode;
}

/** A span of days up to now. */
function Span({ legend, days, onChange, children }: SpanProps) {
  const [typed, setTyped] = useState<string | number>(days ?? '');
  const isDays = (value: string | number): value is number =>
    typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAX_DAYS;
  return (
    <>
      <fieldset className="pd-condition__choices">
        <legend>{legend}</legend>
        {SPANS.map((span) => (
          <Checkbox
            key={span.days}
            label={span.label}
            checked={days === span.days}
            onChange={(event) => {
              const next = event.currentTarget.checked ? span.days : null;
              setTyped(next ?? '');
              onChange(next);
            }}
          />
        ))}
        {children}
      </fieldset>
      <NumberInput
        label="Number of days"
        placeholder="Other"
        allowDecimal={false}
        allowNegative={false}
        hideControls
        value={days === null && isDays(typed) ? '' : typed}
        error={typed === '' || isDays(typed) ? null : 'Use 1 to 3,650 days.'}
        onChange={(value) => {
          setTyped(value);
          if (value === '') onChange(null);
          else if (isDays(value)) onChange(value);
        }}
      />
    </>
  );
}
