import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Problem } from '../../../electron/contract/problem.ts';
import type { Rehearsal } from '../../../electron/contract/rehearsal.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { SCREENS } from '../../navigation/screens.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { toast } from '../../ui/toast.ts';
import { isGoingOn } from './is-going-on.ts';

/** The end of a rehearsal, as the person asks for it. */
export interface EndRehearsal {
  /** Ends it, after a question while it is still running. */
  readonly end: () => void;
  readonly isEnding: boolean;
  /** Why it did not end. */
  readonly problem: Problem | null;
  readonly question: React.ReactNode;
}

/** Belongs above everything that is shown of a rehearsal: the question stays while the page below it changes from one stage to the next. */
export function useEndRehearsal(rehearsal: Rehearsal): EndRehearsal {
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
  return {
    end() {
      if (isGoingOn(rehearsal)) setAsking(true);
      else stop.mutate(undefined);
    },
    isEnding: stop.isPending,
    problem: stop.error && problemOf(stop.error),
    question: (
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
    ),
  };
}
