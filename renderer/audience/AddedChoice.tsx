import { Button, TextInput } from '@mantine/core';
import type { EditorProps } from './editor-props.ts';

const DAY_MS = 86_400_000;
const SPANS = [
  { days: 1, label: 'Last 24 hours' },
  { days: 7, label: 'Last 7 days' },
  { days: 30, label: 'Last 30 days' },
  { days: 90, label: 'Last 90 days' },
];

/** Midnight that many days after a day such as `2026-03-03`; `null` if that is not a day. */
function midnightOf(day: string, daysLater = 0): number | null {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined) return null;
  const at = new Date(year, month - 1, date + daysLater).getTime();
  return Number.isNaN(at) || year < 1970 ? null : at;
}

function dayOf(at: number | null): string {
  if (at === null) return '';
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** When they were added: a span up to now, or whole days in the time zone of this machine. */
export function AddedChoice({ filter, onChange }: EditorProps) {
  return (
    <>
      <div className="pd-condition__spans">
        {SPANS.map(({ days, label }) => (
          <Button
            key={days}
            size="xs"
            variant="default"
            onClick={() => {
              onChange({ ...filter, addedFrom: Date.now() - days * DAY_MS, addedBefore: null });
            }}
          >
            {label}
          </Button>
        ))}
      </div>
      <div className="pd-condition__pair">
        <TextInput
          type="date"
          label="From"
          value={dayOf(filter.addedFrom)}
          onChange={(event) => {
            onChange({ ...filter, addedFrom: midnightOf(event.currentTarget.value) });
          }}
        />
        <TextInput
          type="date"
          label="To, including"
          value={dayOf(filter.addedBefore === null ? null : filter.addedBefore - 1)}
          onChange={(event) => {
            onChange({ ...filter, addedBefore: midnightOf(event.currentTarget.value, 1) });
          }}
        />
      </div>
    </>
  );
}
