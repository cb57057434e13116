import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import type { LastCampaign, RehearsalFaults } from '../../../electron/contract/rehearsal.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { formatExact } from '../../format/moments.ts';
import { countOf } from '../../format/numbers.ts';
import { faultPresets, type FaultPreset } from './fault-presets.ts';

interface PresetPickerProps {
  preset: FaultPreset;
  /** `faults`: what the preset sets; `null`: the sliders stay as they are. */
  onChange: (preset: FaultPreset, faults: RehearsalFaults | null) => void;
}

/** Sets all sliders at once, also to what the last campaign met. */
export function PresetPicker({ preset, onChange }: PresetPickerProps) {
  const { data: last } = useQuery(useQueries().rehearsal.lastCampaign.queryOptions());
  const presets = faultPresets(last);
  const id = useId();
  return (
    <div className="pd-presets">
      <span id={id} className="pd-presets__label">
        Problems
      </span>
      <SegmentedControl
        size="xs"
        aria-labelledby={id}
        aria-describedby={`${id}-note`}
        data={presets.map(({ value, label }) => ({ value, label }))}
        value={preset}
        onChange={(value) => {
          const chosen = presets.find((one) => one.value === value);
          if (chosen) onChange(chosen.value, chosen.faults);
        }}
      />
      <span id={`${id}-note`} className="pd-small pd-soft">
        {noteOf(preset, last)}
      </span>
    </div>
  );
}

function noteOf(preset: FaultPreset, last: LastCampaign | null | undefined) {
  if (last === null)
    return 'Once a campaign has finished, you can rehearse with the answers it got from push services.';
  if (last === undefined || preset !== 'last-campaign') return null;
  return (
    <>
      Like <bdi>“{last.title}”</bdi>, finished {formatExact(last.finishedAt)}, sent to{' '}
      {countOf(last.recipients, 'recipient')}. Based on how its deliveries ended; slow answers and successful
      retries are not included.
    </>
  );
}
