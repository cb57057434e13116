import { Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconMasksTheater } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { Link, useRoute } from 'wouter';
import type { WorkspacesView } from '../../electron/contract/workspaces.ts';
import { useQueries, useWorkspaces } from '../api/ApiProvider.tsx';
import { WorkspaceSwitcher } from '../features/workspaces/WorkspaceSwitcher.tsx';
import { useKeptNote } from '../ui/kept.tsx';
import { campaignsPath, LAST_CAMPAIGN_TAB, REHEARSAL_PATH, type CampaignTab } from '../navigation/paths.ts';
import { isGoingOn } from '../features/rehearsal/is-going-on.ts';
import { SERVER_STATES } from '../words/server-states.ts';
import { Mark } from './Mark.tsx';
import { SCREENS } from '../navigation/screens.ts';

type Screen = Pick<(typeof SCREENS)[keyof typeof SCREENS], 'icon'> & { path: string; name: string };

const REHEARSAL: Screen = { path: REHEARSAL_PATH, name: 'Rehearsal', icon: IconMasksTheater };

export function Navigation() {
  const view = useWorkspaces();
  const lastTab = useKeptNote<CampaignTab>(LAST_CAMPAIGN_TAB, 'all');
  const isFolded = useMediaQuery('(max-width: 899px)', false, { getInitialValueInEffect: false });
  return (
    <nav className="pd-nav" aria-label="Screens">
      <WorkspaceSwitcher isFolded={isFolded} mark={<Mark />} />
      {Object.values(SCREENS).map((screen) => (
        <Fragment key={screen.path}>
          <ScreenLink
            screen={screen}
            isFolded={isFolded}
            {...(screen === SCREENS.campaigns ? { leadsTo: () => campaignsPath(lastTab.read()) } : {})}
          />
          {screen === SCREENS.campaigns && <RehearsalLink isFolded={isFolded} />}
        </Fragment>
      ))}
      <div className="pd-nav__foot">
        {view?.current.kind === 'server' ? <LineState view={view} /> : <ServerState />}
      </div>
    </nav>
  );
}

interface ScreenLinkProps {
  screen: Screen;
  isFolded: boolean;
  /** Where within the screen it leads, asked whenever another screen is shown. */
  leadsTo?: () => string;
  /** What is going on there now. */
  chip?: string | undefined;
}

function ScreenLink({ screen, isFolded, leadsTo, chip }: ScreenLinkProps) {
  const [isCurrent] = useRoute(screen.path === '/' ? '/' : `${screen.path}/*?`);
  const ScreenIcon = screen.icon;
  return (
    <Tooltip label={screen.name} position="right" disabled={!isFolded} openDelay={100}>
      <Link
        href={isCurrent ? screen.path : (leadsTo?.() ?? screen.path)}
        className="pd-nav__link"
        aria-current={isCurrent ? 'page' : undefined}
        aria-description={chip}
      >
        <ScreenIcon size={18} stroke={1.75} aria-hidden />
        <span className="pd-nav__name">{screen.name}</span>
        {chip !== undefined && (
          <span className="pd-nav__chip" aria-hidden>
            {chip}
          </span>
        )}
      </Link>
    </Tooltip>
  );
}

/** The way back to a rehearsal, as long as there is one. */
function RehearsalLink({ isFolded }: { isFolded: boolean }) {
  const { data } = useQuery(useQueries().rehearsal.current.queryOptions());
  return data ? (
    <ScreenLink screen={REHEARSAL} isFolded={isFolded} chip={isGoingOn(data) ? 'Running' : undefined} />
  ) : null;
}

/** For an engine on a server the line is what matters here; where its own server listens is hidden behind its proxy. */
function LineState({ view }: { view: WorkspacesView }) {
  const isOpen = view.line.state === 'open';
  const host = new URL(view.current.place).host;
  const words = isOpen ? host : 'Not connected';
  return (
    <Tooltip label={isOpen ? `Connected to ${host}.` : `Not connected to ${host}.`} position="top-start">
      <div className="pd-nav__status">
        <span className="pd-nav__dot" data-tone={isOpen ? 'ok' : 'bad'} />
        <span className="pd-nav__address pd-cut pd-figures">{words}</span>
      </div>
    </Tooltip>
  );
}

function ServerState() {
  const { data } = useQuery(useQueries().server.status.queryOptions());
  if (!data) return null;
  const { word, tone, meaning } = SERVER_STATES[data.state];
  const words =
    data.state === 'running' && data.url ? new URL(data.url).host : `Server ${word.toLowerCase()}`;
  return (
    <Tooltip label={`Server ${word.toLowerCase()}. ${meaning}`} position="top-start">
      <div className="pd-nav__status">
        <span className="pd-nav__dot" data-tone={tone} />
        <span className="pd-nav__address pd-cut pd-figures">{words}</span>
      </div>
    </Tooltip>
  );
}
