import { z } from 'zod';
import { Refusal, type Problem } from '../../contract/problem.ts';

/** Input about files on the engine's machine, in procedures that are otherwise allowed from elsewhere. */
const FOR_ITS_MACHINE: Readonly<Partial<Record<string, { input: z.ZodType; problem: Problem }>>> = {
  'subscriptions.importStream.open': {
    input: z.looseObject({ purpose: z.literal('rejects') }),
    problem: {
      code: 'not-from-elsewhere',
      cause: 'The rejected rows can be saved only on the machine that the engine runs on.',
      cure: 'Look at them in the preview, or import the file there.',
    },
  },
  'app.changeSettings': {
    input: z.union([z.looseObject({ tlsCert: z.string() }), z.looseObject({ tlsKey: z.string() })]),
    problem: {
      code: 'not-from-elsewhere',
      cause: 'Files of a certificate can be chosen only on the machine that the engine runs on.',
      cure: 'Set PUSHDESK_TLS_CERT and PUSHDESK_TLS_KEY there, then start Pushdesk again.',
    },
  },
};

/**
 * @param path of the procedure
 * @throws Refusal UNAVAILABLE
 */
export function refuseFromElsewhere(path: readonly string[], input: unknown): void {
  const name = path.join('.');
  const meant = Object.hasOwn(FOR_ITS_MACHINE, name) ? FOR_ITS_MACHINE[name] : undefined;
  if (meant?.input.safeParse(input).success === true) throw new Refusal('UNAVAILABLE', meant.problem);
}
