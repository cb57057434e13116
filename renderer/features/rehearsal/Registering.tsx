import { Progress } from '@mantine/core';
import type { Rehearsal } from '../../../electron/contract/rehearsal.ts';
import { formatCount } from '../../format/numbers.ts';

/** While the devices subscribe there is no campaign to show yet. */
export function Registering({ rehearsal }: { rehearsal: Rehearsal }) {
  const { registered, devices } = rehearsal;
  const words = `${formatCount(registered)} of ${formatCount(devices)} virtual devices have subscribed`;
  return (
    <div className="pd-registering">
      <p className="pd-figures">{words}</p>
      <Progress
        value={(registered / devices) * 100}
        size="sm"
        transitionDuration={100}
        aria-label="Virtual devices that have subscribed"
      />
      <p className="pd-soft">The message is sent once they all have.</p>
    </div>
  );
}
