import { accessTokenProcedures } from './access-tokens.ts';
import { actProcedures } from './acts.ts';
import { appProcedures } from './app.ts';
import { audienceProcedures } from './audience.ts';
import { campaignExportProcedures } from './campaign-exports.ts';
import { campaignProcedures } from './campaigns.ts';
import { subscriptionHistoryProcedures } from './deliveries.ts';
import { changesProcedures } from './changes.ts';
import { draftProcedures } from './drafts.ts';
import { erasureProcedures } from './erasure.ts';
import { exportFileProcedures } from './export.ts';
import { importStreamProcedures } from './import-stream.ts';
import { keyProcedures } from './keys.ts';
import { listOverviewProcedures } from './list-overview.ts';
import { overviewProcedures } from './overview.ts';
import { pageProcedures } from './page-facts.ts';
import { pictureProcedures } from './pictures.ts';
import { receiptProcedures } from './receipts.ts';
import { rehearsalProcedures } from './rehearsal.ts';
import { apiTokenProcedures, serverProcedures } from './server.ts';
import { workerProcedures } from './workers.ts';
import { workerCheckProcedures } from './worker-check.ts';
import { settingsProcedures } from './settings.ts';
import { subscriptionProcedures } from './subscriptions.ts';
import { templateProcedures } from './templates.ts';

/**
 * Everything the engine does for a user interface or a script. The same contract is served over a MessagePort (window), in process (tests,
 * headless) and over HTTP (local API, below `/api/v1`).
 *
 * [Note: not over HTTP] A procedure with a route is served over HTTP, one without is not: those that touch private halves or the API token,
 * those that need the desktop, and those that would make no sense there.
 */
export const contract = {
  app: {
    ...appProcedures,
    ...overviewProcedures,
    ...listOverviewProcedures,
    ...settingsProcedures,
    ...changesProcedures,
  },
  keys: keyProcedures,
  subscriptions: {
    ...subscriptionProcedures,
    ...subscriptionHistoryProcedures,
    ...erasureProcedures,
    importStream: importStreamProcedures,
    acts: actProcedures,
    exportFile: exportFileProcedures,
  },
  audience: audienceProcedures,
  campaigns: {
    ...campaignProcedures,
    ...campaignExportProcedures,
    ...pictureProcedures,
    ...pageProcedures,
    ...workerCheckProcedures,
  },
  drafts: draftProcedures,
  templates: templateProcedures,
  receipts: receiptProcedures,
  rehearsal: rehearsalProcedures,
  server: { ...serverProcedures, ...apiTokenProcedures },
  tokens: accessTokenProcedures,
  workers: workerProcedures,
};
export type Contract = typeof contract;
