import type { PushServiceId } from '../../../electron/contract/push-service.ts';
import { whyNotShown } from '../../words/not-shown.ts';
import './seen.css';

/** The push service took the message, but the device, which reports what it shows, has not reported it. */
export function NotShown({ pushService }: { pushService: PushServiceId }) {
  return (
    <details className="pd-not-shown">
      <summary>Accepted, but not shown so far: what to check</summary>
      <ul>
        {whyNotShown(pushService).map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </details>
  );
}
