import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { Overview } from '../../../electron/contract/app.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { loadable } from '../../api/loadable.ts';
import { SCREENS } from '../../app/screens.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import { ServerNotices } from '../server/ServerNotices.tsx';
import { FirstRun } from './FirstRun.tsx';
import { DeliveriesChart } from './DeliveriesChart.tsx';
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

const isDone = (steps: Overview['steps']) => Object.values(steps).every(Boolean);

function Content({ overview }: { overview: Overview }) {
  const { totals } = overview;
  const hasSent = totals.campaigns > 0;
  const hasAnything = hasSent || totals.subscriptions > 0;
  return (
    <div className="pd-overview">
      {!isDone(overview.steps) && <FirstRun steps={overview.steps} />}
      {hasAnything && <Totals totals={overview.totals} />}
      {hasSent && <DeliveriesChart days={overview.days} />}
      {overview.services.length > 0 && <ServiceTable services={overview.services} />}
    </div>
  );
}
