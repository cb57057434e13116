import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CanaryRules } from '../../../electron/contract/canary.ts';
import type { Message } from '../../../electron/contract/message.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { loadable } from '../../api/loadable.ts';
import { Dialog, DialogButtons } from '../../ui/Dialog.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { isGoingOn } from './is-going-on.ts';
import { RehearsalForm } from './RehearsalForm.tsx';
import { SAMPLE_MESSAGE } from './sample-message.ts';

interface RehearsalDialogProps {
  /** What is rehearsed; without a title a sample takes its place. `null`: the fields are not right yet. */
  message: Message | null;
  /** Who goes first; `null`: all at once. */
  canary: CanaryRules | null;
  onClose: () => void;
  /** Leads to the rehearsal that is running. */
  onOpen: () => void;
}

/** Asks for devices and faults; if a rehearsal is already running, leads to it. */
export function RehearsalDialog({ message, canary, onClose, onOpen }: RehearsalDialogProps) {
  const current = useQuery(useQueries().rehearsal.current.queryOptions());
  const isSample = message?.title.trim() === '';

  return (
    <Dialog title="Rehearse this message" opened onClose={onClose} size={620}>
      <p className="pd-soft pd-rehearse__intro">
        It goes to virtual devices on this machine, which decrypt and show it. Nothing leaves this machine,
        and none of your key pairs or subscriptions is used.
        {canary !== null && ' A canary goes first, by the rules you chose in Compose.'}
        {isSample && ' There is no title yet, so a sample message is used.'}
      </p>
      <Loaded of={loadable(current)}>
        {(rehearsal) => {
          const hasLast = rehearsal !== null;
          if (isGoingOn(rehearsal)) return <GoesOn onOpen={onOpen} />;
          if (message === null)
            return (
              <Notice
                tone="bad"
                role="alert"
                cause="Some fields of the message have errors."
                cure="Close this, fix them, then rehearse."
              />
            );
          return (
            <>
              {hasLast && (
                <Notice
                  tone="idle"
                  cause="Starting discards the last rehearsal."
                  cure="One is kept at a time."
                />
              )}
              <RehearsalForm
                message={isSample ? SAMPLE_MESSAGE : message}
                canary={canary}
                onStarted={onOpen}
              />
            </>
          );
        }}
      </Loaded>
    </Dialog>
  );
}

function GoesOn({ onOpen }: { onOpen: () => void }) {
  return (
    <>
      <Notice tone="busy" cause="A rehearsal is already running." cure="Only one can run at a time." />
      <DialogButtons>
        <Button data-autofocus onClick={onOpen}>
          Open rehearsal
        </Button>
      </DialogButtons>
    </>
  );
}
