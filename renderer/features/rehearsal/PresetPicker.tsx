import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import type { LastCampaign, RehearsalFaults, ServiceMix } from '../../../electron/contract/rehearsal.ts';
import { PUSH_SERVICES } from '../../../electron/core/push-services/all.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { formatExact } from '../../format/moments.ts';
import { countOf, formatShare } from '../../format/numbers.ts';
import { faultPresets, type FaultPreset } from './fault-presets.ts';

interface PresetPickerProps {
  preset: FaultPreset;
  /** `faults`: what the preset sets; `null`: the sliders stay as they are. `services`: each push service by itself, where it has them. */
  onChange: (preset: FaultPreset, faults: RehearsalFaults | null, services: ServiceMix[]) => void;
}

/** Sets all sliders at once, if wanted to what the last campaign met. */
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
          if (chosen)
            onChange(
              chosen.value,
              chosen.faults,
              chosen.value === 'last-campaign' ? (last?.services ?? []) : [],
            );
        }}
      />
      <span id={`${id}-note`} className="pd-small pd-soft">
        {noteOf(preset, last)}
      </span>
    </div>
  );
}

function mixWords({ pushService, share, faults }: ServiceMix): string {
  const { slow, ...others } = faults;
  const bad = Object.values(others).reduce((sum, percent) => sum + percent, slow);
  return `${PUSH_SERVICES[pushService].name} ${formatShare(share, 100)}, ${formatShare(Math.max(0, 100 - bad), 100)} of it accepted`;
}

function noteOf(preset: FaultPreset, last: LastCampaign | null | undefined) {
  if (last === null)
    return 'Once a campaign has finished, you can rehearse with the answers it got from push services.';
  if (last === undefined || preset !== 'last-campaign') return null;
  return (
    <>
      Like <bdi>“{last.title}”</bdi>, finished {formatExact(last.finishedAt)}, sent to{' '}
      {countOf(last.recipients, 'recipient')}. Based on how its deliveries ended; slow answers and successful
      retries are not included. Each push service answers as it did then
      {last.services.length > 0 && `: ${last.services.map(mixWords).join('; ')}`}. Moving a slider makes them
      alike.
    </>
  );
}
