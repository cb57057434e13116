import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { ListOverview } from '../../../electron/contract/list-overview.ts';
import type { Overview } from '../../../electron/contract/overview.ts';
import type { Problem } from '../../../electron/contract/problem.ts';
import { PRIVATE_HALF_CODES } from '../../../electron/core/keys/private-half.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { loadable } from '../../api/loadable.ts';
import { SCREENS } from '../../navigation/screens.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Page } from '../../ui/Page.tsx';
import { ServerNotices } from '../server/ServerNotices.tsx';
import { UnlockButton } from '../keys/UnlockButton.tsx';
import { FirstRun } from './FirstRun.tsx';
import { DeliveriesChart } from './DeliveriesChart.tsx';
import { Growth } from './Growth.tsx';
import { InProgress } from './InProgress.tsx';
import { Makeup } from './Makeup.tsx';
import { NextSend } from './NextSend.tsx';
import { Scheduled } from './Scheduled.tsx';
import { ServiceTable } from './ServiceTable.tsx';
import { Totals } from './Totals.tsx';
import './overview.css';

export function OverviewScreen() {
  const overview = useQuery(useQueries().app.overview.queryOptions());
  const [, navigate] = useLocation();
  const isReady = overview.data !== undefined && isDone(overview.data.steps);
  return (
    <Page
      title={SCREENS.overview.name}
      purpose={SCREENS.overview.purpose}
      notices={<ServerNotices />}
      actions={
        isReady && (
          <Button
            onClick={() => {
              navigate(SCREENS.compose.path);
            }}
          >
            Compose
          </Button>
        )
      }
    >
      <Loaded of={loadable(overview)}>{(data) => <Content overview={data} />}</Loaded>
    </Page>
  );
}

function KeyTrouble({ problem }: { problem: Problem }) {
  const [, navigate] = useLocation();
  return (
    <Notice
      tone="bad"
      cause={problem.cause}
      cure={problem.cure}
      actions={
        problem.code === PRIVATE_HALF_CODES.locked ? (
          <UnlockButton />
        ) : (
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              navigate(SCREENS.keys.path);
            }}
          >
            Open Keys
          </Button>
        )
      }
    />
  );
}

const isDone = (steps: Overview['steps']) => Object.values(steps).every(Boolean);

function Content({ overview }: { overview: Overview }) {
  const list = useQuery(useQueries().app.listOverview.queryOptions());
  const { totals } = overview;
  const hasSent = totals.campaigns > 0;
  // Keys that are locked for a day do not make somebody a newcomer.
  const isFirstRun = !isDone({
    ...overview.steps,
    keys: overview.steps.keys || overview.keyProblem !== null,
  });
  const hasAnything = hasSent || totals.subscriptions > 0;
  return (
    <div className="pd-overview">
      {overview.keyProblem && <KeyTrouble problem={overview.keyProblem} />}
      {isFirstRun && <FirstRun steps={overview.steps} keyProblem={overview.keyProblem} />}
      {hasAnything && <Totals overview={overview} list={list.data} />}
      {totals.subscriptions > 0 && (
        <Loaded of={loadable(list)} skeleton={<ListSkeleton />}>
          {(data) => <ListOfNow list={data} campaignsUnderWay={totals.campaignsUnderWay} />}
        </Loaded>
      )}
      {hasSent && <DeliveriesChart days={overview.days} />}
      {overview.services.length > 0 && <ServiceTable services={overview.services} />}
    </div>
  );
}

function ListOfNow({ list, campaignsUnderWay }: { list: ListOverview; campaignsUnderWay: number }) {
  return (
    <>
      <div className="pd-overview__beside">
        <Growth days={list.days} />
        <div className="pd-overview__now">
          {campaignsUnderWay > 0 && <InProgress count={campaignsUnderWay} />}
          <Scheduled />
        </div>
        {list.active > 0 && <Makeup overview={list} />}
      </div>
      {list.active > 0 && <NextSend nextSend={list.nextSend} active={list.active} />}
    </>
  );
}

/** As high as the chart that will replace it. */
const ListSkeleton = () => <Skeleton height={290} radius="sm" role="status" aria-label="Loading" aria-busy />;
