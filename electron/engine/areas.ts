import path from 'node:path';
import type { Contract } from '../contract/procedures.ts';
import { createClockWatch } from './dispatch/clock-watch.ts';
import { createOutbound } from './net/outbound.ts';
import type { Calls } from './serve/calls.ts';
import type { EngineRouter } from './serve/router.ts';
import { createStoreTrouble } from './store/store-trouble.ts';
import type { BatchSender } from './wire/batch-sender.ts';
import { createCoordinatorOf } from './workers/create-coordinator.ts';
import { createSharedSender } from './workers/shared-sender.ts';
import { createLocalSender } from './wire/create-local-sender.ts';
import { createAccessTokensArea } from './areas/access-tokens/area.ts';
import { createAppArea } from './areas/app/area.ts';
import type { Area } from './areas/area.ts';
import { createAudienceArea } from './areas/audience/area.ts';
import { createCampaignExports } from './areas/campaigns/campaign-exports-service.ts';
import { createCampaignsArea } from './areas/campaigns/area.ts';
import { createErasureArea } from './areas/erasure/area.ts';
import type { Ground } from './areas/ground.ts';
import { createKeysArea } from './areas/keys/area.ts';
import { createOverviewArea } from './areas/overview/area.ts';
import { createPicturesArea } from './areas/pictures/area.ts';
import { createReceiptsArea } from './areas/receipts/area.ts';
import { createRehearsalArea } from './areas/rehearsal/area.ts';
import { createServerArea, type ServerArea } from './areas/server/area.ts';
import { createSettingsArea } from './areas/settings/area.ts';
import { createWorkersArea } from './areas/workers/area.ts';
import { createDatabaseChoice } from './areas/workers/database-choice.ts';
import { createDatabaseFile } from './areas/workers/database-file.ts';
import { createWorkerCheckArea } from './areas/worker-check/area.ts';
import { createSubscriptionsArea } from './areas/subscriptions/area.ts';
import { createTemplatesArea } from './areas/templates/area.ts';
import { createSelection } from './areas/subscriptions/subscription-selection-service.ts';
import { createSubscriptionMoves } from './areas/subscriptions/subscription-moves-service.ts';
import { createSubscriptionSums } from './areas/subscriptions/subscription-sums-service.ts';

export interface Areas {
  /** In the order in which they start. */
  readonly all: readonly Area<unknown>[];
  readonly calls: Calls<Contract>;
  readonly server: ServerArea['server'];
  /** Called with the reason when the store refuses to be tidied, and with `null` once it was. */
  readonly onTidied: (error: unknown) => void;
}

/**
 * Puts together everything the engine does. Starts nothing.
 * @param routers built over `calls`, once they are made
 * @param given what brings messages to the push services, in place of this machine
 */
export async function createAreas(
  ground: Ground,
  routers: { here: () => EngineRouter; elsewhere: () => EngineRouter },
  given?: BatchSender,
): Promise<Areas> {
  const { store, host, changes, clock, log, workerFiles } = ground;
  const desktop = host?.desktop ?? null;
  const sums = createSubscriptionSums({ db: store.db, clock, changes });
  const moves = createSubscriptionMoves({ db: store.db, clock, sums, changes, log });
  const storeTrouble = createStoreTrouble({ file: store.file, changes });
  const clockWatch = createClockWatch({ clock, changes });

  const settings = createSettingsArea(ground);
  const privateEndpointsAllowed = () => settings.settings.get().allowPrivateEndpoints;
  const outbound = createOutbound({
    env: process.env,
    allowPrivate: privateEndpointsAllowed,
    askSystem: desktop === null ? null : async (url) => (await desktop.resolveProxy({ url })).answer,
    clock,
    log,
  });
  const here =
    given ??
    createLocalSender({
      encryptWorkerFile: workerFiles.encrypt,
      policyOf: () => outbound.policy(),
      findProxy: outbound.findProxy,
      clock,
      log,
    });
  const watched = clockWatch.watch(here);
  const keys = await createKeysArea(ground, {
    sums,
    moves,
    onReady: () => {
      campaigns.campaigns.resumeKeys();
    },
  });
  const database = await createDatabaseChoice(
    createDatabaseFile({
      file: path.join(ground.options.dataDir, 'workers-database.json'),
      vault: keys.vault,
      clock,
      log,
    }),
    ground.secrets.workers,
  );
  const coordinator =
    database.address === null
      ? null
      : createCoordinatorOf({
          address: database.address,
          queueFile: workerFiles.queue,
          db: store.db,
          version: ground.options.version,
          onChange: () => {
            changes.publish('workers', 'campaigns');
          },
          clock,
          log,
        });
  const capacityHere = () => settings.settings.get().maxInFlight;
  const sendsHere = () => coordinator === null || settings.settings.get().sendHere;
  const sender =
    coordinator === null
      ? watched
      : createSharedSender({ here: watched, coordinator, sendsHere, capacityHere });

  const selection = createSelection({
    db: store.db,
    sums,
    publicKeyOf: (id) => keys.keys.publicKeyOf(id),
    asksReceipts: (id) => receipts.receipts.knowledgeOf(id) === 'told',
    clock: ground.clock,
  });
  const subscriptions = createSubscriptionsArea(ground, {
    ...keys,
    sums,
    moves,
    selection,
    privateEndpointsAllowed,
    onStoreTrouble: (error) => {
      storeTrouble.noteIfKnown(error, 'search index');
    },
  });
  const audience = createAudienceArea(ground, {
    sums,
    selection,
    knowledgeOf: (id) => receipts.receipts.knowledgeOf(id),
    tagged: subscriptions.subscriptions.tagged,
  });
  const templates = createTemplatesArea(ground);
  const campaigns = await createCampaignsArea(ground, {
    ...templates,
    ...keys,
    ...settings,
    ...audience,
    sums,
    selection,
    sender,
    cap: () => (sendsHere() ? capacityHere() : 0) + (coordinator?.fleet.total() ?? 0),
    onStoreTrouble: (error) => {
      storeTrouble.note(error);
    },
  });
  const workersArea = createWorkersArea(ground, { coordinator, database, sendsHere });
  const erasure = createErasureArea(ground, { ...campaigns, ...subscriptions, selection });
  const rehearsal = createRehearsalArea(ground, settings);
  const receipts = createReceiptsArea(ground, { ...campaigns, ...settings });
  const accessTokens = createAccessTokensArea(ground);
  const server = await createServerArea(ground, {
    ...settings,
    ...accessTokens,
    ...keys,
    ...subscriptions,
    ...receipts,
    storeProblem: storeTrouble.problem,
    outbound,
    router: routers.here,
    remoteRouter: routers.elsewhere,
  });
  const pictures = createPicturesArea(ground, { ...server, outbound });
  const workerCheck = createWorkerCheckArea(ground, { ...settings, ...server, outbound });
  const overview = createOverviewArea(ground, { ...keys, sums });
  const app = createAppArea(ground, {
    ...keys,
    privateEndpointsAllowed,
    storeProblem: storeTrouble.problem,
    clockProblem: () => clockWatch.problem(),
    longWork: () => ({
      importing: subscriptions.subscriptions.isImporting(),
      erasing: erasure.isErasing(),
    }),
  });

  return {
    all: [
      settings,
      subscriptions,
      audience,
      erasure,
      templates,
      campaigns,
      // After campaigns, which then know what is awaited.
      workersArea,
      receipts,
      rehearsal,
      keys,
      pictures,
      workerCheck,
      overview,
      app,
      accessTokens,
      server,
    ],
    calls: {
      app: { ...app.procedures, ...overview.procedures, ...settings.procedures },
      keys: keys.procedures,
      subscriptions: { ...subscriptions.procedures, ...campaigns.history, ...erasure.procedures },
      audience: audience.procedures,
      campaigns: {
        ...campaigns.procedures,
        ...pictures.procedures,
        ...workerCheck.procedures,
        ...createCampaignExports({ ...campaigns, receipts: receipts.procedures, clock }),
      },
      ...templates.procedures,
      receipts: receipts.procedures,
      rehearsal: rehearsal.procedures,
      server: server.procedures,
      tokens: accessTokens.procedures,
      workers: workersArea.procedures,
    },
    server: server.server,
    onTidied(error) {
      storeTrouble.noteIfKnown(error, 'tidying');
    },
  };
}
