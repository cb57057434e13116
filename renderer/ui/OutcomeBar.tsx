import { Tooltip } from '@mantine/core';
import { formatCount } from '../format/numbers.ts';
import type { Tone } from '../words/tones.ts';
import './outcome-bar.css';

export interface OutcomePart {
  label: string;
  count: number;
  tone: Tone;
}

/** A bar whose coloured parts are outcomes and whose rest is still to come. On hover, and read out, the words instead of the colours. */
export function OutcomeBar({ parts, total }: { parts: readonly OutcomePart[]; total: number }) {
  const shown = parts.filter((part) => part.count > 0);
  const words = shown.map((part) => `${formatCount(part.count)} ${part.label.toLowerCase()}`).join(', ');
  const label = `${words === '' ? 'None' : words} of ${formatCount(total)}`;
  return (
    <Tooltip label={label}>
      <div className="pd-outcomes" role="img" aria-label={label}>
        {shown.map((part) => (
          <span
            key={part.label}
            className="pd-outcomes__part"
            data-tone={part.tone}
            style={{ flexGrow: part.count }}
          />
        ))}
        <span
          className="pd-outcomes__rest"
          style={{ flexGrow: Math.max(0, total - shown.reduce((sum, part) => sum + part.count, 0)) }}
        />
      </div>
    </Tooltip>
  );
}
