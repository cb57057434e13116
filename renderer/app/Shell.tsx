import { DropAnywhere } from '../features/subscriptions/import/DropAnywhere.tsx';
import { useIsConnected, useIsRemote } from '../api/ApiProvider.tsx';
import { LineNotice } from '../features/workspaces/LineNotice.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useUndoKey } from '../ui/undo-toast.tsx';
import { useDelayed } from '../ui/use-delayed.ts';
import { ClockTrouble } from './ClockTrouble.tsx';
import { DamageTrouble } from './DamageTrouble.tsx';
import { FolderTrouble } from './FolderTrouble.tsx';
import { KeyRingQuestion } from './KeyRingQuestion.tsx';
import { ScheduleTrouble } from './ScheduleTrouble.tsx';
import { StoreTrouble } from './StoreTrouble.tsx';
import { Navigation } from './Navigation.tsx';
import { Routes } from './Routes.tsx';
import { ScreenAnnouncer } from '../ui/ScreenAnnouncer.tsx';
import { useAppearance } from './use-appearance.ts';
import { useFocusAfterDisabled } from './use-focus-after-disabled.ts';
import { useKeptFocus } from './use-kept-focus.ts';
import './shell.css';

/** Longer than any healthy start takes, so that it does not flash by. */
const ENGINE_LATE_MS = 3_000;

export function Shell() {
  const isConnected = useIsConnected();
  const isRemote = useIsRemote();
  const isLate = useDelayed(!isConnected && !isRemote, ENGINE_LATE_MS);
  const main = useKeptFocus<HTMLElement>();
  useFocusAfterDisabled();
  useAppearance();
  useUndoKey();

  return (
    <div className="pd-shell">
      <Navigation />
      <main className="pd-main" ref={main} tabIndex={-1}>
        <ScreenAnnouncer />
        {isLate && (
          <Notice
            tone="warn"
            role="status"
            cause="The Pushdesk engine isn’t responding."
            cure="If your system is asking for the password of your key ring, enter it. Otherwise the engine restarts automatically; until then, what you see may be out of date."
          />
        )}
        <LineNotice />
        <StoreTrouble />
        <ClockTrouble />
        <DamageTrouble />
        <ScheduleTrouble />
        <FolderTrouble />
        <KeyRingQuestion />
        <Routes />
      </main>
      <DropAnywhere />
    </div>
  );
}
