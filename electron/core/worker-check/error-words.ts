import type { WorkerRun } from '../../contract/worker-check.ts';
import { visibleText } from '../text/visible-text.ts';

/** "TypeError: not a function (line 12)." */
export function errorWords({ message, at }: WorkerRun['errors'][number]): string {
  const words = visibleText(message.length > 300 ? `${message.slice(0, 300)}…` : message).replace(/\.$/, '');
  if (at === null) return `${words}.`;
  return `${words} (line ${at.line}${at.file === '' ? '' : ` of ${at.file}`}).`;
}
