import { Button } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ServerStatus } from '../../../electron/contract/server.ts';
import { useIsRemote, useQueries } from '../../api/ApiProvider.tsx';
import { loadable } from '../../api/loadable.ts';
import { SCREENS } from '../../navigation/screens.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Page } from '../../ui/Page.tsx';
import { AccessTokens } from './AccessTokens.tsx';
import { ApiAccess } from './ApiAccess.tsx';
import { OpenPageProblem } from './OpenPageProblem.tsx';
import { OwnCertificate } from './OwnCertificate.tsx';
import { PublicAddress } from './PublicAddress.tsx';
import { RequestTable } from './RequestTable.tsx';
import { ServerBar } from './ServerBar.tsx';
import { TryOnPhone } from './TryOnPhone.tsx';
import { ServerNotices } from './ServerNotices.tsx';
import { useOpenSubscribePage } from './use-open-page.ts';
import { UseOnYourSite } from './UseOnYourSite.tsx';
import { WorkerList } from './WorkerList.tsx';
import { YourSites } from './YourSites.tsx';

export function ServerScreen() {
  const status = useQuery(useQueries().server.status.queryOptions());
  const open = useOpenSubscribePage();
  const isRemote = useIsRemote();
  const isRunning = status.data?.state === 'running';

  return (
    <Page
      title={SCREENS.server.name}
      purpose={isRemote ? 'Serves the page where browsers subscribe.' : SCREENS.server.purpose}
      layout="fill"
      notices={
        <>
          <ServerNotices />
          {status.data && <MovedNotice status={status.data} />}
          <OpenPageProblem error={open.error} />
        </>
      }
      actions={
        <>
          <UseOnYourSite />
          <TryOnPhone isRunning={isRunning} />
          <Button
            leftSection={<IconExternalLink size={16} aria-hidden />}
            disabled={!isRunning}
            loading={open.isPending}
            onClick={() => {
              open.mutate();
            }}
          >
            Open subscribe page
          </Button>
        </>
      }
    >
      <Loaded of={loadable(status)}>
        {(data) => (
          <>
            <ServerBar status={data} />
            <div className="pd-server__cards">
              <PublicAddress status={data} />
              <YourSites />
              <AccessTokens />
              <OwnCertificate status={data} />
              <WorkerList />
            </div>
            {!isRemote && <ApiAccess status={data} />}
          </>
        )}
      </Loaded>
      <RequestTable isRunning={isRunning} />
    </Page>
  );
}

/** Says that it runs on another port than the one in Settings, and why. */
function MovedNotice({ status: { state, problem } }: { status: ServerStatus }) {
  if (state !== 'running' || problem === null) return null;
  return <Notice tone="warn" cause={problem.cause} cure={problem.cure} role="status" />;
}
