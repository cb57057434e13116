import { ownSitesOf } from '../../../core/message/links/utm.ts';
import type { rehearsalProcedures } from '../../../contract/rehearsal.ts';
import type { Area } from '../area.ts';
import type { Ground } from '../ground.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { createLastCampaign } from './last-campaign.ts';
import { createRehearsalService } from './rehearsal-service.ts';

export function createRehearsalArea(
  { options, store, workerFiles, changes, clock, log }: Ground,
  { settings }: { settings: SettingsService },
): Area<typeof rehearsalProcedures> {
  const rehearsal = createRehearsalService({
    dataDir: options.dataDir,
    workerFiles,
    cap: () => settings.get().maxInFlight,
    ownSites: () => ownSitesOf(settings.get()),
    changes,
    clock,
    log,
  });
  return {
    procedures: { ...rehearsal, lastCampaign: createLastCampaign(store.db) },
    start() {
      rehearsal.removeLeftovers();
    },
    stop: () => rehearsal.close(),
  };
}
