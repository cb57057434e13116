import { type AppInfo } from '../../electron/contract/app.ts';
import { settingsSchema } from '../../electron/contract/settings.ts';
import type { ServerStatus } from '../../electron/contract/server.ts';
import { draftAnswers } from './draft-answers.ts';
import { sampleListOverview } from './samples.ts';

export const appInfo: AppInfo = {
  version: '0.1.0',
  dataDir: '/home/ada/.config/Pushdesk',
  runtime: { node: '24.9.0', electron: '45.5.0', platform: 'linux x64' },
  keyProtection: 'key-ring',
  keyFile: '/home/ada/.config/Pushdesk/private-keys.json',
  keyRing: 'ready',
  privateEndpointsAllowed: false,
  settingsFromEnvironment: {},
  storeProblem: null,
  clockProblem: null,
  damageProblem: null,
  folderProblem: null,
  hasDesktop: true,
};

export const runningServer: ServerStatus = {
  state: 'running',
  wantedPort: 4830,
  port: 4830,
  url: 'http://localhost:4830/',
  problem: null,
  growth: null,
  tokenProblem: null,
  reach: { url: null, check: null, outer: null },
};

/** What nearly every screen reads, on a machine where all is well. */
export const standardAnswers = () => ({
  app: {
    info: () => appInfo,
    settings: () => settingsSchema.parse({}),
    listOverview: () => sampleListOverview(),
  },
  server: { status: () => runningServer },
  tokens: { list: () => [] },
  workers: {
    list: () => ({ isOn: false, sendsHere: true, problem: null, workers: [] }),
    shares: () => [],
    database: () => ({ source: null, at: null, isUsed: false, needsRestart: false, problem: null }),
  },
  rehearsal: { current: () => null, lastCampaign: () => null },
  audience: {
    segments: { list: () => ({ items: [] }) },
    tags: { list: () => ({ items: [] }) },
    attributes: { list: () => ({ items: [] }), values: () => ({ values: [], hasMoreValues: false }) },
  },
  keys: {
    list: () => [],
    rotations: () => [],
    movingIn: () => ({ kept: 0, renewed: 0, toCome: 0, hours: [] }),
  },
  subscriptions: { acts: { list: () => ({ items: [] }) }, states: () => ({ items: [] }) },
  receipts: {
    ofDelivery: () => ({
      canReport: false,
      receivedAt: null,
      shownAt: null,
      clickedAt: null,
      clickedAction: null,
      closedAt: null,
    }),
    ofCampaign: () => ({
      asked: true,
      accepted: 0,
      canReport: 0,
      received: 0,
      shown: 0,
      clicked: 0,
      closed: 0,
      clicks: [],
      curve: [],
    }),
  },
  campaigns: {
    scheduled: () => [],
    asking: () => [],
    ownFormats: () => [],
    findRecipients: () => ({ items: [], hasMore: false }),
  },
  drafts: draftAnswers(null),
  templates: { list: () => ({ items: [] }) },
});
