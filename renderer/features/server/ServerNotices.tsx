import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { Problem } from '../../../electron/contract/problem.ts';
import { useApi, useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { SCREENS } from '../../navigation/screens.ts';
import { Notice } from '../../ui/Notice.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';

/** What the owner should know about the server wherever they are: that it could not start, or that the list grows unusually. */
export function ServerNotices() {
  const { data: status } = useQuery(useQueries().server.status.queryOptions());
  if (!status) return null;
  return (
    <>
      {status.state === 'failed' && status.problem !== null && (
        <Notice tone="bad" cause={status.problem.cause} cure={status.problem.cure} role="status" />
      )}
      {status.growth !== null && <GrowthNotice growth={status.growth} />}
    </>
  );
}

function GrowthNotice({ growth }: { growth: Problem }) {
  const [location, navigate] = useLocation();
  const { queryClient } = useApi();
  const { server } = useQueries();
  const answer = useMutation(
    server.answerGrowth.mutationOptions({
      onSuccess: (next) => {
        queryClient.setQueryData(server.status.queryKey(), next);
      },
    }),
  );
  const { path, name } = SCREENS.subscriptions;
  return (
    <>
      <Notice
        tone="warn"
        cause={growth.cause}
        cure={growth.cure}
        role="status"
        actions={
          <>
            {location !== path && (
              <Button
                variant="default"
                size="xs"
                onClick={() => {
                  navigate(path);
                }}
              >
                Go to {name}
              </Button>
            )}
            <Button
              variant="default"
              size="xs"
              loading={answer.isPending}
              onClick={() => {
                answer.mutate({ letMoreIn: true });
              }}
            >
              Let more in
            </Button>
            <Button
              variant="default"
              size="xs"
              disabled={answer.isPending}
              onClick={() => {
                answer.mutate({ letMoreIn: false });
              }}
            >
              Dismiss
            </Button>
          </>
        }
      />
      {answer.error && <ProblemNotice problem={problemOf(answer.error)} />}
    </>
  );
}
