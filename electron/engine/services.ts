import path from 'node:path';
import type { AppInfo } from '../contract/app.ts';
import type { EngineOptions } from '../contract/engine-thread.ts';
import { judgeDataFolder } from '../files/data-folder.ts';
import { createCampaignService } from './areas/campaigns/campaign-service.ts';
import type { ChangeHub } from './base/change-hub.ts';
import type { Clock } from './base/clock.ts';
import type { EngineSecrets } from './engine-secrets.ts';
import { createErasure } from './areas/erasure/erasure-service.ts';
import type { Host } from './base/host.ts';
import { openApiToken } from './http/local-api/api-token.ts';
import { isOwnOrigin } from './http/own-address.ts';
import { createServerService } from './areas/server/server-service.ts';
import { createKeyService } from './areas/keys/key-service.ts';
import { openKeyVault } from './keys/key-vault.ts';
import type { Log } from './base/log.ts';
import { readExtraAuthorities } from './net/extra-authorities.ts';
import { createFindProxy, findProxyInEnvironment } from './net/find-proxy.ts';
import { isLoopback } from './net/proxy-from-env.ts';
import type { EngineRouter } from './serve/router.ts';
import { createOverviewService } from './areas/overview/overview-service.ts';
import { secureSocketsOf } from './areas/pictures/ask-for-picture.ts';
import { createPictureService } from './areas/pictures/picture-service.ts';
import { createRehearsalService } from './areas/rehearsal/rehearsal-service.ts';
import { createClockWatch } from './dispatch/clock-watch.ts';
import { createLocalSender } from './wire/create-local-sender.ts';
import { createOpenSocket } from './net/open-socket.ts';
import { createVapidTokens } from './dispatch/vapid-tokens.ts';
import { openTokenFile } from './dispatch/token-file.ts';
import { createSettingsService } from './areas/settings/settings-service.ts';
import { createKeyPairStore } from './areas/keys/key-pair-store.ts';
import type { Store } from './store/open-store.ts';
import { createOverviewStore } from './areas/overview/overview-store.ts';
import { createSettingsStore } from './areas/settings/settings-store.ts';
import { createStoreTrouble } from './store/store-trouble.ts';
import { createSubscriptionSumStore } from './areas/subscriptions/subscription-sum-store.ts';
import { createSubscriptionHistory } from './areas/subscriptions/subscription-history.ts';
import { createSubscriptionService } from './areas/subscriptions/subscription-service.ts';
import type { WorkerFiles } from './worker-files.ts';

export interface ServicesOptions {
  options: EngineOptions;
  store: Store;
  /** `null` without a desktop. */
  host: Host | null;
  changes: ChangeHub;
  clock: Clock;
  log: Log;
  /** As the entry knows where they lie. */
  workerFiles: WorkerFiles;
  /** What came from outside and is not to be written down. */
  secrets: EngineSecrets;
  /** The router over these services, once it is made. */
  router: () => EngineRouter;
}

export type Services = Awaited<ReturnType<typeof createServices>>;

/** Everything the engine does, put together. Starts nothing. */
export async function createServices({
  options,
  store,
  host,
  changes,
  clock,
  log,
  workerFiles,
  secrets,
  router,
}: ServicesOptions) {
  const { db } = store;
  const sums = createSubscriptionSumStore(db);
  const keyPairs = createKeyPairStore(db);
  const desktop = host?.desktop ?? null;

  const settingsStore = createSettingsStore(db);
  const settings = createSettingsService({
    store: settingsStore,
    changes,
    log,
    onChange: () => {
      void showAppearance();
    },
  });
  const privateEndpointsAllowed = () => options.allowPrivateEndpoints || settings.get().allowPrivateEndpoints;

  const trusted = readExtraAuthorities(process.env['PUSHDESK_EXTRA_CA_CERTS'], log);
  const originPolicy = () => ({ allowPrivate: privateEndpointsAllowed(), trusted });

  const findProxy =
    desktop === null
      ? findProxyInEnvironment(process.env)
      : createFindProxy({
          env: process.env,
          ask: async (url) => (await desktop.resolveProxy({ url })).answer,
          clock,
          log,
        });

  /** Windows and menus follow the setting; a desktop that cannot is no reason to fail. */
  async function showAppearance(): Promise<void> {
    try {
      await desktop?.setAppearance({ appearance: settings.get().appearance });
    } catch {
      log.warn('the desktop did not take the appearance');
    }
  }

  const vault = await openKeyVault({
    file: path.join(options.dataDir, 'private-keys.json'),
    keyRing: host?.keyRing ?? null,
    onChange: () => {
      changes.publish('keys', 'subscriptions', 'app');
    },
    log,
  });
  const tokenFile = await openTokenFile({
    file: path.join(options.dataDir, 'push-tokens.json'),
    vault,
    clock,
    log,
  });
  const keys = createKeyService({
    store: keyPairs,
    sums,
    vault,
    saveTextFile: desktop === null ? null : (file) => desktop.saveTextFile(file),
    changes,
    clock,
    log,
    onReady: () => {
      campaigns.resumeKeys();
    },
  });
  if (secrets.keyPair !== null) keys.hold(secrets.keyPair);
  const subscriptions = createSubscriptionService({
    db,
    privateEndpointsAllowed,
    readImportFile: workerFiles.readImport,
    changes,
    clock,
    log,
  });
  const overview = createOverviewService({ store: createOverviewStore(db), sums, keys, clock });
  const storeTrouble = createStoreTrouble({ file: store.file, changes });
  const clockWatch = createClockWatch({ clock, changes });
  const campaigns = createCampaignService({
    db,
    onStoreTrouble: storeTrouble.note,
    keys,
    settings: settingsStore,
    tokens: createVapidTokens({ clock, file: tokenFile }),
    sender: clockWatch.watch(
      createLocalSender({
        encryptWorkerFile: workerFiles.encrypt,
        policyOf: originPolicy,
        findProxy,
        clock,
        log,
      }),
    ),
    cap: () => settings.get().maxInFlight,
    messagesPerMinute: () => settings.get().messagesPerMinute,
    changes,
    clock,
    log,
  });
  const erasure = createErasure({
    store,
    settings: settingsStore,
    campaigns,
    searchIdle: () => subscriptions.searchIndexer.idle(),
    changes,
    clock,
    log,
  });
  const rehearsal = createRehearsalService({
    dataDir: options.dataDir,
    workerFiles,
    cap: () => settings.get().maxInFlight,
    changes,
    clock,
    log,
  });
  const apiToken = await openApiToken({
    file: path.join(options.dataDir, 'api-token'),
    fromEnvironment: secrets.apiToken,
    desktop,
    log,
  });
  const server = createServerService({
    settings,
    options,
    pageDir: options.subscribePageDir,
    subscriptions,
    keys,
    changes,
    clock,
    log,
    localApi: { router, token: apiToken, version: options.version },
    openInBrowser: desktop === null ? null : async (url) => (await desktop.openInBrowser({ url })).opened,
  });

  const pictures = createPictureService({
    connections: {
      openSecure: secureSocketsOf((origin) =>
        createOpenSocket({ origin, policy: originPolicy(), findProxy }),
      ),
      // The subscribe page's own pictures, and what the person allows.
      mayBePlain: ({ origin, hostname }) => {
        const { port } = server.status();
        return (
          (port !== null && isOwnOrigin(origin, port)) || (privateEndpointsAllowed() && isLoopback(hostname))
        );
      },
    },
    clock,
  });

  const info = (): AppInfo => ({
    version: options.version,
    dataDir: options.dataDir,
    runtime: {
      node: process.versions.node,
      electron: options.electronVersion,
      platform: `${process.platform} ${process.arch}`,
    },
    keyProtection: vault.protection(),
    keyFile: vault.file,
    keyRing: vault.ringState(),
    privateEndpointsAllowed: privateEndpointsAllowed(),
    storeProblem: storeTrouble.problem(),
    clockProblem: clockWatch.problem(),
    folderProblem: judgeDataFolder(options.dataDir),
    hasDesktop: host !== null,
  });

  return {
    info,
    settings,
    keys,
    subscriptions: { ...subscriptions, ...erasure, ...createSubscriptionHistory({ db: store.db }) },
    campaigns,
    pictures,
    rehearsal,
    overview,
    server,
    apiToken,
    tokenFile,
    showAppearance,
  };
}
