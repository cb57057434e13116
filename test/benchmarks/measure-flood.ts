import { startChild } from './child.ts';
import type { FloodRun } from './flood-process.ts';
import type { FloodedReady } from './flooded-process.ts';
import type { WatchedRun } from './watched-campaign.ts';

/** A campaign without a flood and one with it, in turns. */
export interface FloodTurn {
  alone: WatchedRun;
  flooded: WatchedRun;
  flood: FloodRun;
}

export interface FloodPlan {
  floodRounds: number;
  /** Recipients of each campaign: enough for the flood to last a minute. */
  floodRecipients: number;
  floodPerSecond: number;
}

const PUBLIC_HOST = 'push.example.org';

/** @param dataDir of an engine whose subscriptions are at the push service */
export async function measureFlood(
  { dataDir, certificateFile }: { dataDir: string; certificateFile: string },
  { floodRounds, floodPerSecond: perSecond }: FloodPlan,
): Promise<FloodTurn[]> {
  const campaign = async (withFlood: boolean): Promise<{ run: WatchedRun; flood: FloodRun | null }> => {
    const job = { dataDir, publicUrl: `https://${PUBLIC_HOST}/` };
    const engine = startChild<FloodedReady | WatchedRun>('flooded-process.ts', job, certificateFile);
    const { url } = (await engine.next()) as FloodedReady;
    const flooder = withFlood
      ? startChild<FloodRun>('flood-process.ts', { url, host: PUBLIC_HOST, perSecond })
      : null;
    await flooder?.next();
    engine.say({ begin: true });
    const run = (await engine.next()) as WatchedRun;
    flooder?.say({ end: true });
    const flood = flooder === null ? null : await flooder.next();
    await Promise.all([engine.end(), flooder?.end()]);
    return { run, flood };
  };
  const turns: FloodTurn[] = [];
  for (let round = 0; round < floodRounds; round += 1) {
    const alone = await campaign(false);
    const { run: flooded, flood } = await campaign(true);
    if (flood === null) throw new Error('There was no flood.');
    turns.push({ alone: alone.run, flooded, flood });
  }
  return turns;
}
