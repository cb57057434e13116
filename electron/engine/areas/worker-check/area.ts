import { ownSitesOf } from '../../../core/message/links/utm.ts';
import type { workerCheckProcedures } from '../../../contract/worker-check.ts';
import type { Outbound } from '../../net/outbound.ts';
import type { Area } from '../area.ts';
import type { Ground } from '../ground.ts';
import { createSiteConnections } from '../pictures/site-connections-service.ts';
import type { ServerService } from '../server/server-service.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { hostSandbox, nodeSandbox } from './start-sandbox.ts';
import { createWorkerCheckService } from './worker-check-service.ts';

export function createWorkerCheckArea(
  { host, clock, workerFiles }: Ground,
  needs: { outbound: Outbound; server: Pick<ServerService, 'status'>; settings: SettingsService },
): Area<typeof workerCheckProcedures> {
  const service = createWorkerCheckService({
    run: host === null ? nodeSandbox(workerFiles.sandbox) : hostSandbox(host),
    connections: createSiteConnections(needs),
    asksReceipts: () => needs.settings.get().receipts,
    ownSites: () => ownSitesOf(needs.settings.get()),
    clock,
  });
  return {
    procedures: {
      checkWorker: (input, signal) => service.check(input, signal),
      loadWorker: (input, signal) => service.load(input, signal),
    },
  };
}
