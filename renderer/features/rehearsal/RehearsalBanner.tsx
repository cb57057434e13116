import { Button } from '@mantine/core';
import { IconMasksTheater } from '@tabler/icons-react';
import type { Rehearsal } from '../../../electron/contract/rehearsal.ts';
import { countOf, formatCount } from '../../format/numbers.ts';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import type { EndRehearsal } from './end-rehearsal.tsx';
import './rehearsal.css';

export interface RehearsalBannerProps {
  rehearsal: Rehearsal;
  ending: EndRehearsal;
}

/** Marks everything below as a rehearsal, and tells what real push services never do: what was shown. */
export function RehearsalBanner({ rehearsal, ending }: RehearsalBannerProps) {
  return (
    <>
      <div className="pd-rehearsal" role="note">
        <IconMasksTheater size={20} stroke={1.75} className="pd-rehearsal__icon" aria-hidden />
        <div className="pd-rehearsal__text">
          <div className="pd-rehearsal__mark">Rehearsal: nothing left this machine</div>
          <div className="pd-rehearsal__figures pd-figures">{figuresOf(rehearsal)}</div>
        </div>
        <Button size="xs" variant="default" loading={ending.isEnding} onClick={ending.end}>
          End rehearsal
        </Button>
      </div>
      {ending.problem && <ProblemNotice problem={ending.problem} />}
      {rehearsal.problem && <ProblemNotice problem={rehearsal.problem} />}
    </>
  );
}

function figuresOf({ record, decrypts, devices, state }: Rehearsal): string {
  if (state === 'registering') return countOf(devices, 'virtual device');
  const shown = `${formatCount(record.shown)} shown on virtual devices`;
  const broken =
    record.undecryptable === 0 ? '' : `, ${formatCount(record.undecryptable)} could not be decrypted`;
  return decrypts === 'all'
    ? `${shown}${broken}`
    : `${shown}${broken}. With this many devices, 1 message in 100 is decrypted as a sample`;
}
