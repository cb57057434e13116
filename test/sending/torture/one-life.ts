import { pino } from 'pino';
import { z } from 'zod';
import { createEnginePieces } from '../engine-pieces.ts';

/** What the parent tells on the command line. */
export const lifeSchema = z.object({
  folder: z.string(),
  certificatePem: z.string(),
  keyPair: z.object({ publicKey: z.string(), privateKey: z.string() }),
});

/**
 * One life of the engine: comes back to the truth, goes on with what is unfinished, and says `running` and, when nothing is left, `done`.
 * It does nothing to end well: its parent kills it.
 */
const life = lifeSchema.parse(JSON.parse(process.argv[2] ?? ''));
const pieces = createEnginePieces({
  folder: life.folder,
  trusted: life.certificatePem,
  allowPrivate: true,
  deadlineMs: 1000,
  cap: 64,
  log: pino({ level: 'silent' }),
  onChange: look,
});
pieces.addKeyPair(life.keyPair);
pieces.service.recover();
process.stdout.write('running\n');
// The process lives as long as its parent lets it.
setInterval(look, 50);

function look() {
  const { items } = pieces.service.list({ cursor: null, limit: 1 });
  if (items[0]?.state === 'finished') process.stdout.write('done\n');
}
