import type { Preflight } from '../../../electron/contract/preflight.ts';
import { sendLabel, type Timing } from '../../compose-draft/when.ts';
import { startOf } from '../../../electron/core/campaign/schedule-time.ts';
import { formatWait } from '../../format/schedule-words.ts';
import { useNow } from '../../ui/Now.tsx';
import { countOf, formatCount } from '../../format/numbers.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import './canary.css';

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
  const { recipients, sentences } = preflight;
  const { schedule, editing } = timing;
  const now = useNow();
  const verb = schedule === null ? 'Send to' : editing === null ? 'Schedule for' : 'Save for';
  const start = schedule === null ? null : startOf(schedule);
  return (
    <ConfirmDialog
      opened
      title={`${verb} ${countOf(recipients, 'recipient')}?`}
      actLabel={schedule === null ? `Send to ${formatCount(recipients)}` : sendLabel({ kind: 'at', editing })}
      leaveLabel="Keep writing"
      onAct={onSend}
      onLeave={onLeave}
    >
      “<bdi>{title}</bdi>”{start !== null && ` starts ${formatWait(start, now)}.`}
      <ul className="pd-send-plan" aria-label="What happens">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {schedule === null && <p className="pd-send-plan__last">Sent messages can’t be recalled.</p>}
    </ConfirmDialog>
  );
}
