import { z } from 'zod';
import { instantSchema } from '../../../contract/common.ts';
import { campaignIdSchema, type CampaignId } from '../../../contract/ids.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { readCopyMark, removeCopyMark, type CopyMark } from '../../store/copy-mark.ts';
import type { SettingsStore } from '../../store/settings-store.ts';
import { soundJson } from '../../store/sound.ts';
import type { CampaignStores } from './campaign-stores.ts';
import { fromBackup } from './schedule/schedule-problems.ts';

const NAME = 'restored-campaigns';

const restoredSchema = z.object({
  madeAt: instantSchema.nullable(),
  ids: z.array(campaignIdSchema.nullable().catch(null)),
});

/** Campaigns that came from a copy of the store: nobody knows what was sent after it was made. */
export interface RestoredCampaigns {
  /**
   * To be called before anything is sent. If the store is a copy that was put in place, every campaign that was under way is paused, and
   * each of its waiting messages counts as one that may have gone out: if sent now, it may have arrived twice.
   */
  hold(): void;
  /** The copy that a campaign came from; `null`: it came from none. */
  copyOf(id: CampaignId): CopyMark | null;
}

export function createRestoredCampaigns({
  stores,
  settings,
  clock,
  log,
}: {
  stores: Pick<CampaignStores, 'db' | 'campaigns' | 'bulk' | 'schedules'>;
  settings: SettingsStore;
  clock: Clock;
  log: Log;
}): RestoredCampaigns {
  const { db, campaigns, bulk, schedules } = stores;
  const read = () => {
    const text = settings.get(NAME);
    return text === null ? null : soundJson(restoredSchema, text);
  };
  let known = read();

  return {
    hold() {
      const mark = readCopyMark(settings);
      if (mark === null) return;
      const ids = campaigns.unfinished().map(({ id }) => id);
      const scheduled = schedules.open().map(({ id }) => id);
      db.transaction(() => {
        for (const id of ids) {
          campaigns.setState(id, 'paused', null);
          bulk.mayHaveGone(id);
        }
        // Each may have been sent, moved or cancelled since.
        for (const id of scheduled) schedules.ask(id, 'restored', fromBackup, clock.now());
        settings.set(NAME, JSON.stringify({ madeAt: mark.madeAt, ids: [...ids, ...scheduled] }));
        removeCopyMark(settings);
      });
      known = read();
      log.warn(
        { madeAt: mark.madeAt === null ? null : new Date(mark.madeAt).toISOString(), paused: ids.length },
        'the store is a copy that was put in place; campaigns that were under way are paused',
      );
    },
    copyOf: (id) => (known?.ids.includes(id) === true ? { madeAt: known.madeAt } : null),
  };
}
