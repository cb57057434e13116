import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Worker, Workers } from '../../../electron/contract/workers.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { formatCount } from '../../format/numbers.ts';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { pushServiceInSentence } from '../../words/push-services.ts';
import './server.css';

/** Who sends on other machines as well. Nothing is shown where the engine has no database for workers. */
export function WorkerList() {
  const { workers } = useQueries();
  const queryClient = useQueryClient();
  const { data } = useQuery(workers.list.queryOptions());
  const onSuccess = () => void queryClient.invalidateQueries({ queryKey: workers.key() });
  const drain = useMutation(workers.drain.mutationOptions({ onSuccess }));
  const work = useMutation(workers.work.mutationOptions({ onSuccess }));
  const remove = useMutation(workers.remove.mutationOptions({ onSuccess }));
  if (data?.isOn !== true) return null;
  const error = drain.error ?? work.error ?? remove.error;

  return (
    <section className="pd-server-card pd-workers" aria-labelledby="pd-workers">
      <h2 id="pd-workers" className="pd-server-card__title">
        Workers
      </h2>
      {data.problem !== null && <ProblemNotice problem={data.problem} tone="warn" />}
      {error !== null && <ProblemNotice problem={problemOf(error)} />}
      {data.problem === null && <p className="pd-server__note">{noteOf(data)}</p>}
      {data.workers.length > 0 && (
        <ul className="pd-server-card__list pd-workers__list">
          {data.workers.map((worker) => (
            <li key={worker.id}>
              <span className="pd-workers__one">
                <bdi className="pd-workers__name pd-cut" title={worker.name}>
                  {worker.name}
                </bdi>
                <span className="pd-small pd-soft pd-figures">
                  <span data-trouble={isInTrouble(worker)}>{stateWords(worker)}</span>
                  {' · '}
                  {factsOf(worker)}
                </span>
              </span>
              <span className="pd-workers__acts">
                {worker.state === 'working' && <Act verb="Drain" worker={worker} act={drain} />}
                {worker.state === 'draining' && <Act verb="Resume" worker={worker} act={work} />}
                <Act verb="Remove" worker={worker} act={remove} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function noteOf({ workers, sendsHere }: Workers): string {
  if (workers.length > 0)
    return sendsHere
      ? 'They send messages alongside this engine.'
      : 'They do all the sending. This engine only hands out the work.';
  const none = sendsHere ? 'None is connected.' : 'None is connected, so nothing is being sent.';
  return `${none} Start one on another machine with npm run worker and the same PUSHDESK_WORKERS.`;
}

function Act({
  verb,
  worker: { id, name },
  act,
}: {
  verb: string;
  worker: Worker;
  act: { isPending: boolean; mutate: (input: { id: string }) => void };
}) {
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      color="gray"
      loading={act.isPending}
      aria-label={`${verb} ${name}`}
      onClick={() => {
        act.mutate({ id });
      }}
    >
      {verb}
    </Button>
  );
}

function factsOf(worker: Worker): string {
  const { machine, name, version, perSecond, inFlight, lagMs, silentFor, unreachable } = worker;
  return [
    ...(machine === '' || machine === name ? [] : [machine]),
    version,
    `${formatCount(Math.round(perSecond))} a second`,
    `${formatCount(inFlight)} on the wire`,
    `${formatCount(Math.round(lagMs))} ms lag`,
    `last sign ${formatCount(Math.round(silentFor))} s ago`,
    ...unreachable.map(
      ({ pushService, detail }) => `can’t reach ${pushServiceInSentence(pushService)} (${detail})`,
    ),
  ].join(' · ');
}

/** It gets no work, and nobody asked for that. */
const isInTrouble = ({ state }: Worker) => state !== 'working' && state !== 'draining';

function stateWords({ state }: Worker): string {
  switch (state) {
    case 'working':
      return 'Working';
    case 'draining':
      return 'Draining';
    case 'clock-wrong':
      return 'Gets nothing: its clock is over five minutes off';
    case 'silent':
      return 'No sign for some seconds';
    case 'lost':
      return 'Lost';
    case 'refused':
      return 'Refused: another version';
  }
}
