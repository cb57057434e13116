import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { problemOf } from '../../../api/problem-of.ts';
import { CONFLICTS, type DraftSession, type OpenDraft } from '../../../compose-draft/draft-session.ts';
import { SCREENS } from '../../../navigation/screens.ts';
import { ProblemNotice } from '../../../ui/ProblemNotice.tsx';
import { toast } from '../../../ui/toast.ts';

const tell = (error: unknown) => {
  const { cause, cure } = problemOf(error);
  toast(`${cause} ${cure}`);
};

/** Why what is in Compose is not kept, and what can be done so that nothing is lost. */
export function DraftConflict({ open, session }: { open: OpenDraft; session: DraftSession }) {
  const [, navigate] = useLocation();
  const keepMine = useMutation({
    mutationFn: () => session.keepAsOther(),
    onError: tell,
    onSuccess: () => {
      navigate(SCREENS.compose.path, { replace: true });
    },
  });
  const takeTheirs = useMutation({ mutationFn: () => session.takeTheirs(), onError: tell });
  const { problem } = open;
  if (problem === null || open.state !== 'refused') return null;
  const isConflict = CONFLICTS.has(problem.code);
  return (
    <ProblemNotice
      tone="warn"
      problem={problem}
      actions={
        isConflict ? (
          <>
            <Button
              size="xs"
              variant="default"
              onClick={() => {
                keepMine.mutate();
              }}
            >
              Keep mine as another draft
            </Button>
            {problem.code === 'draft-changed' && (
              <Button
                size="xs"
                variant="default"
                onClick={() => {
                  takeTheirs.mutate();
                }}
              >
                Show the other version
              </Button>
            )}
          </>
        ) : (
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              session.flush().catch(tell);
            }}
          >
            Try again
          </Button>
        )
      }
    />
  );
}
