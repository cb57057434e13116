import { Button } from '@mantine/core';
import { IconMasksTheater } from '@tabler/icons-react';
import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { Rehearsal } from '../../../electron/contract/rehearsal.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { SCREENS } from '../../navigation/screens.ts';
import { countOf, formatCount } from '../../format/numbers.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { toast } from '../../ui/toast.ts';
import { isGoingOn } from './is-going-on.ts';
import './rehearsal.css';

/** Marks all that stands below as a rehearsal, and tells what real push services never do: what was shown. */
export function RehearsalBanner({ rehearsal }: { rehearsal: Rehearsal }) {
  const [, navigate] = useLocation();
  const [isAsking, setAsking] = useState(false);
  const stop = useMutation(
    useQueries().rehearsal.stop.mutationOptions({
      onSuccess: () => {
        toast('Rehearsal ended and discarded.');
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
            if (isGoingOn(rehearsal)) setAsking(true);
            else stop.mutate(undefined);
          }}
        >
          End rehearsal
        </Button>
      </div>
      <ConfirmDialog
        opened={isAsking}
        title="End this rehearsal?"
        actLabel="End rehearsal"
        leaveLabel="Keep it running"
        isDangerous
        onLeave={() => {
          setAsking(false);
        }}
        onAct={() => {
          setAsking(false);
          stop.mutate(undefined);
        }}
      >
        {isGoingOn(rehearsal)
          ? 'It is still running. Ending it discards what it has shown so far.'
          : 'It has finished. Ending it discards its results.'}
      </ConfirmDialog>
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
    : `${shown}${broken}. With this many devices, 1 message in 100 is decrypted as a sample`;
}
