import type { WorkerRun } from '../../contract/worker-check.ts';
import { listOf } from '../message/browser-support.ts';
import { visibleText } from '../text/visible-text.ts';

/** "TypeError: not a function (line 12)." */
export function errorWords({ message, at }: WorkerRun['errors'][number]): string {
  const words = visibleText(message.length > 300 ? `${message.slice(0, 300)}…` : message).replace(/\.$/, '');
  if (at === null) return `${words}.`;
  return `${words} (line ${at.line}${at.file === '' ? '' : ` of ${at.file}`}).`;
}

/** The first fields that a worker asked for: “notification” and “data.url”. */
export const fieldWords = (paths: readonly string[]) =>
  listOf(paths.slice(0, 6).map((path) => `“${visibleText(path)}”`));
