import { Button, Progress } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { ActId, ActProgress } from '../../../electron/contract/acts.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { isUnderWay, progressWords } from './act-words.ts';
import { tellProblem, useActs } from './use-acts.ts';

/** Acts that take their time: how far each has come, a way to stop it, and how it ended. */
export function RunningActs() {
  const { subscriptions } = useQueries();
  const queryClient = useQueryClient();
  const { tell, readAgain } = useActs();
  const list = useQuery(subscriptions.acts.list.queryOptions());
  const running = list.data?.items.filter(isUnderWay) ?? [];
  const seen = useRef(new Set<ActId>());
  const followEnd = useEffectEvent(async (ended: readonly ActId[]) => {
    for (const id of ended) {
      try {
        tell(
          await queryClient.query({
            ...subscriptions.acts.get.queryOptions({ input: { id } }),
            staleTime: 0,
          }),
        );
      } catch (error) {
        tellProblem(error);
      }
    }
    await readAgain();
  });
  const names = running.map(({ id }) => id).join(' ');
  useEffect(() => {
    const now = new Set(names === '' ? [] : (names.split(' ') as ActId[]));
    const ended = [...seen.current].filter((id) => !now.has(id));
    seen.current = now;
    if (ended.length > 0) void followEnd(ended);
  }, [names]);
  return running.map((progress) => (
    <RunningAct
      key={progress.id}
      progress={progress}
      onStop={() => {
        void subscriptions.acts.stop.call({ id: progress.id }).catch(tellProblem);
      }}
    />
  ));
}

function RunningAct({ progress, onStop }: { progress: ActProgress; onStop: () => void }) {
  const { matched, done, state } = progress;
  const words = progressWords(progress);
  return (
    <div className="pd-act" role="group" aria-label={words}>
      <span className="pd-act__words pd-figures">{words}</span>
      <Progress
        className="pd-act__bar"
        size="sm"
        aria-label={words}
        value={matched === null || matched === 0 ? 0 : (done / matched) * 100}
      />
      {state !== 'undoing' && (
        <Button size="xs" variant="default" onClick={onStop}>
          Stop
        </Button>
      )}
    </div>
  );
}
