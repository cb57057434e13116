import { Button } from '@mantine/core';
import { IconMasksTheater } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { Rehearsal } from '../../../electron/contract/rehearsal.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { SCREENS } from '../../app/screens.ts';
import { countOf, formatCount } from '../../format/numbers.ts';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { toast } from '../../ui/toast.ts';
import './rehearsal.css';

/** Marks all that stands below as a rehearsal, and tells what real push services never do: what was shown. */
export function RehearsalBanner({ rehearsal }: { rehearsal: Rehearsal }) {
  const [, navigate] = useLocation();
  const stop = useMutation(
    useQueries().rehearsal.stop.mutationOptions({
      onSuccess: () => {
        toast('The rehearsal was thrown away.');
        navigate(SCREENS.compose.path);
      },
    }),
  );
  return (
    <>
      <div className="pd-rehearsal" role="note">
        <IconMasksTheater size={20} stroke={1.75} className="pd-rehearsal__icon" aria-hidden />
        <div className="pd-rehearsal__text">
          <div className="pd-rehearsal__mark">Rehearsal: nothing left this machine</div>
          <div className="pd-rehearsal__figures pd-figures">{figuresOf(rehearsal)}</div>
        </div>
        <Button
          size="xs"
          variant="default"
          loading={stop.isPending}
          onClick={() => {
            stop.mutate(undefined);
          }}
        >
          End rehearsal
        </Button>
      </div>
      {stop.error && <ProblemNotice problem={problemOf(stop.error)} />}
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
    : `${shown}${broken}: with so many devices, one message in a hundred is decrypted as a sample`;
}
