import { z } from 'zod';
import { Refusal } from '../../contract/problem.ts';

const rejects = z.looseObject({ purpose: z.literal('rejects') });

/**
 * What is for a file of the engine's machine although its procedure is not.
 * @throws Refusal UNAVAILABLE
 */
export function refuseFromElsewhere(path: readonly string[], input: unknown): void {
  if (path.join('.') !== 'subscriptions.importStream.open' || !rejects.safeParse(input).success) return;
  throw new Refusal('UNAVAILABLE', {
    code: 'not-from-elsewhere',
    cause: 'The rejected rows can be saved only on the machine that the engine runs on.',
    cure: 'Look at them in the preview, or import the file there.',
  });
}
