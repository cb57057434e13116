import path from 'node:path';
import type { apiTokenProcedures, serverProcedures } from '../../../contract/server.ts';
import type { Problem } from '../../../contract/problem.ts';
import { noteServerPort } from '../../../files/server-port.ts';
import { openApiToken } from '../../http/local-api/api-token.ts';
import type { Outbound } from '../../net/outbound.ts';
import type { EngineRouter } from '../../serve/router.ts';
import type { AccessTokenService } from '../access-tokens/access-token-service.ts';
import type { Area } from '../area.ts';
import type { Ground } from '../ground.ts';
import type { KeyService } from '../keys/key-service.ts';
import type { ReceiptService } from '../receipts/receipt-service.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import type { SubscriptionService } from '../subscriptions/subscription-service.ts';
import { openToWith } from './open-to.ts';
import { createHealth } from './health.ts';
import { createServerService, type ServerService } from './server-service.ts';

export interface ServerArea extends Area<typeof serverProcedures & typeof apiTokenProcedures> {
  readonly server: ServerService;
}

export async function createServerArea(
  { options, store, host, changes, clock, log, secrets }: Ground,
  needs: {
    settings: SettingsService;
    keys: KeyService;
    subscriptions: SubscriptionService;
    receipts: ReceiptService;
    /** Why the store accepts nothing at the moment. */
    storeProblem: () => Problem | null;
    /** How this machine reaches others, and thereby itself from outside. */
    outbound: Pick<Outbound, 'policy' | 'findProxy'>;
    /** Served below `/api/v1`; created after the areas. */
    router: () => EngineRouter;
    /** Served to other people's workspaces. */
    remoteRouter: () => EngineRouter;
    accessTokens: AccessTokenService;
  },
): Promise<ServerArea> {
  const { settings, keys, subscriptions, receipts, outbound, router, remoteRouter, accessTokens } = needs;
  const desktop = host?.desktop ?? null;
  const token = await openApiToken({
    file: path.join(options.dataDir, 'api-token'),
    fromEnvironment: secrets.apiToken,
    desktop,
    clock,
    log,
  });
  const server = createServerService({
    settings,
    options,
    pageDir: options.subscribePageDir,
    subscriptions,
    receipts,
    keys,
    changes,
    clock,
    log,
    localApi: {
      router,
      machineToken: token,
      gate: accessTokens,
      version: options.version,
      workspace: { router: remoteRouter },
    },
    tokenProblem: () => token.problem(),
    notePort: (port) => noteServerPort(options.dataDir, port),
    health: createHealth({ file: store.file, storeProblem: needs.storeProblem, keys }),
    openTo: openToWith(outbound),
    saveBytes: desktop === null ? null : (file) => desktop.saveBytes(file),
    openInBrowser: desktop === null ? null : async (url) => (await desktop.openInBrowser({ url })).opened,
  });
  const { tidy, ...calls } = server;
  return {
    server,
    procedures: {
      ...calls,
      showApiToken: () => token.show(),
      copyApiToken: () => token.copy(),
      renewApiToken: () => token.renew(),
    },
    async start() {
      // Without a desktop the server is all there is: nobody could switch it back on.
      if (settings.get().serverOn || host === null) await server.start();
    },
    tidy() {
      void tidy();
    },
    async stop() {
      await server.stop();
      // What came last is still gathered. The areas stop together, so only here is it known that no more comes.
      await receipts.settled();
    },
  };
}
