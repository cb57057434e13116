import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { useQueries } from '../../api/ApiProvider.tsx';
import { SCREENS } from '../../navigation/screens.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { OpenPageProblem } from '../server/OpenPageProblem.tsx';
import { useOpenSubscribePage } from '../server/use-open-page.ts';

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

/** There are keys that cannot sign: others would reach nobody. */
export function OpenKeysAction({ isNext }: StepActionProps) {
  const [, navigate] = useLocation();
  return (
    <Button
      variant={lookOf(isNext)}
      onClick={() => {
        navigate(SCREENS.keys.path);
      }}
    >
      Open Keys
    </Button>
  );
}

export function SubscribeStepAction({ isNext }: StepActionProps) {
  const [, navigate] = useLocation();
  const open = useOpenSubscribePage();
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
          open.mutate();
        }}
      >
        Open subscribe page
      </Button>
      <OpenPageProblem error={open.error} />
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

/** Where the page is, while that is not where Settings says. */
export function SubscribeStepNote() {
  const { data: status } = useQuery(useQueries().server.status.queryOptions());
  if (status?.state !== 'running' || status.problem === null || status.url === null) return null;
  return (
    <p className="pd-soft">
      The page is at <span className="pd-mono">{status.url}</span>{' '}
      <CopyButton label="Copy address" text={status.url} />, because another program uses port{' '}
      {status.wantedPort}.
    </p>
  );
}
