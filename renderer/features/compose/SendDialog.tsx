import type { Preflight } from '../../../electron/contract/preflight.ts';
import { sendLabel, type Timing } from '../../compose-draft/use-when.ts';
import { scheduleWords } from '../../format/schedule-words.ts';
import { useNow } from '../../ui/Now.tsx';
import { countOf, formatCount } from '../../format/numbers.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';

interface SendDialogProps {
  preflight: Preflight;
  /** Title of the message. */
  title: string;
  timing: Timing;
  onSend: () => void;
  onLeave: () => void;
}

/** The one question before a send to more than one. */
export function SendDialog({ preflight, title, timing, onSend, onLeave }: SendDialogProps) {
  const { recipients, excluded } = preflight;
  const { schedule, editing } = timing;
  const now = useNow();
  const verb = schedule === null ? 'Send to' : editing === null ? 'Schedule for' : 'Save for';
  const out = excluded.reduce((sum, { count }) => sum + count, 0);
  return (
    <ConfirmDialog
      opened
      title={`${verb} ${countOf(recipients, 'recipient')}?`}
      actLabel={
        schedule === null
          ? `Send to ${formatCount(recipients)}`
          : sendLabel({ kind: 'at', editing: editing === null ? null : { id: editing } })
      }
      leaveLabel="Keep writing"
      onAct={onSend}
      onLeave={onLeave}
    >
      “<bdi>{title}</bdi>”{' '}
      {schedule === null
        ? 'is sent right away. Sent messages can’t be recalled.'
        : `starts ${scheduleWords(schedule, now)}. Who gets it is decided then.`}
      {out > 0 && ` ${countOf(out, 'subscription')} can’t be reached and will be left out.`}
    </ConfirmDialog>
  );
}
