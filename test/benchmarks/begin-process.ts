import { randomUUID } from 'node:crypto';
import { messageSchema } from '../../electron/contract/message.ts';
import { ownJob, tell } from './child.ts';
import { openEngine } from './engine-on-disk.ts';
import { MESSAGE } from './message.ts';

/** Starts a campaign to everyone and stops at once: the next engine to open the folder continues it. */
const { dataDir } = ownJob() as { dataDir: string };
const { engine, client } = await openEngine(dataDir);
await client.campaigns.start({
  requestId: randomUUID(),
  message: messageSchema.parse(MESSAGE),
  audience: { kind: 'everyone' },
});
await engine.stop();
tell({ begun: true });
