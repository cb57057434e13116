import type { Preflight } from '../../../electron/contract/preflight.ts';
import { countOf, formatCount } from '../../format/numbers.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';

interface SendDialogProps {
  preflight: Preflight;
  /** Title of the message. */
  title: string;
  onSend: () => void;
  onLeave: () => void;
}

/** The one question before a send to more than one. */
export function SendDialog({ preflight, title, onSend, onLeave }: SendDialogProps) {
  const { recipients, excluded } = preflight;
  const out = excluded.reduce((sum, { count }) => sum + count, 0);
  return (
    <ConfirmDialog
      opened
      title={`Send to ${countOf(recipients, 'recipient')}?`}
      actLabel={`Send to ${formatCount(recipients)}`}
      leaveLabel="Keep writing"
      onAct={onSend}
      onLeave={onLeave}
    >
      “<bdi>{title}</bdi>” is sent right away. Sent messages can’t be recalled.
      {out > 0 && ` ${countOf(out, 'subscription')} can’t be reached and will be left out.`}
    </ConfirmDialog>
  );
}
