import { z } from 'zod';
import { readServerPort } from '../../../../files/server-port.ts';
import type { Command } from './command.ts';

const PATIENCE_MS = 4000;
const answerSchema = z.object({ status: z.string(), problems: z.array(z.string()).default([]) });

/** `health`: asks the engine of this machine about its health. Exit code 0: all is well; 1: something is wrong, or nobody answers. */
export const health: Command = async ({ dataDir, port: wanted, say }) => {
  // What the engine itself noted comes first: it may have moved away from the port that it was meant to have.
  const port = (await readServerPort(dataDir)) ?? wanted;
  const url = `http://127.0.0.1:${port}/healthz`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    const { status, problems } = answerSchema.parse(await response.json());
    say(problems.length === 0 ? status : `${status}: ${problems.join(', ')}`);
    return response.ok && status === 'ok' ? 0 : 1;
  } catch {
    say(`No answer from ${url}.`);
    return 1;
  }
};
