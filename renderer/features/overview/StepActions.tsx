import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { SCREENS } from '../../app/screens.ts';
import { toast } from '../../ui/toast.ts';

interface StepActionProps {
  /** The step whose turn it is has the one filled button. */
  isNext: boolean;
}

const lookOf = (isNext: boolean) => (isNext ? 'filled' : 'default');

export function KeyStepAction({ isNext }: StepActionProps) {
  const [, navigate] = useLocation();
  return (
    <Button
      variant={lookOf(isNext)}
      onClick={() => {
        navigate(SCREENS.keys.path, { state: { ask: 'generate' } });
      }}
    >
      Generate keys
    </Button>
  );
}

export function SubscribeStepAction({ isNext }: StepActionProps) {
  const [, navigate] = useLocation();
  const open = useMutation(
    useQueries().server.openSubscribePage.mutationOptions({
      onError: (error) => {
        const { cause, cure } = problemOf(error);
        toast(`${cause} ${cure}`);
      },
    }),
  );
  return (
    <>
      <Button
        variant="default"
        disabled={!isNext}
        onClick={() => {
          navigate(SCREENS.subscriptions.path, { state: { ask: 'import' } });
        }}
      >
        Import
      </Button>
      <Button
        variant={lookOf(isNext)}
        disabled={!isNext}
        loading={open.isPending}
        onClick={() => {
          open.mutate(undefined);
        }}
      >
        Open subscribe page
      </Button>
    </>
  );
}

export function SendStepAction({ isNext }: StepActionProps) {
  const [, navigate] = useLocation();
  return (
    <Button
      variant={lookOf(isNext)}
      disabled={!isNext}
      onClick={() => {
        navigate(SCREENS.compose.path);
      }}
    >
      Compose
    </Button>
  );
}
