import { implement } from '@orpc/server';
import { settingsSchema } from '../../../electron/contract/settings.ts';
import { contract } from '../../../electron/contract/procedures.ts';
import { describePrivateHalf } from '../../../electron/core/keys/private-half.ts';
import type { ServerStatus } from '../../../electron/contract/server.ts';
import { movedProblem } from '../../../electron/engine/http/port-problems.ts';
import type { Changes } from './changes.ts';
import type { SampleKeyRing } from './sample-key-ring.ts';
import { NOW, fullRequestLog, sampleRequests } from './samples.ts';
import type { Scenario } from './scenario.ts';

const os = implement(contract);
const DAY = 86_400_000;

export function createAppRoutes(scenario: Scenario, changes: Changes, keyRing: SampleKeyRing) {
  let settings = settingsSchema.parse({});
  const isEmpty = scenario === 'empty';
  return {
    info: os.app.info.handler(() => ({
      version: '0.1.0',
      dataDir: '/home/irene/.config/Pushdesk',
      runtime: { node: '24.9.0', electron: '45.4.1', platform: 'linux x64' },
      keyProtection: keyRing.state() === 'none' ? ('file' as const) : ('key-ring' as const),
      keyFile: '/home/irene/.config/Pushdesk/private-keys.json',
      keyRing: keyRing.state(),
      privateEndpointsAllowed: false,
      storeProblem: null,
      clockProblem: null,
      folderProblem: null,
      hasDesktop: true,
    })),
    longWork: os.app.longWork.handler(() => ({ importing: false, erasing: false })),
    overview: os.app.overview.handler(() => ({
      steps: { keys: !isEmpty, subscription: !isEmpty, send: !isEmpty && scenario !== 'huge' },
      keyProblem:
        keyRing.state() === 'locked' ? describePrivateHalf('locked', 'Baker Street News', true) : null,
      totals: isEmpty
        ? {
            activeSubscriptions: 0,
            subscriptions: 0,
            campaigns: 0,
            campaignsUnderWay: 0,
            accepted: 0,
            failed: 0,
            gone: 0,
          }
        : {
            activeSubscriptions: 1204,
            subscriptions: 1388,
            campaigns: 9,
            campaignsUnderWay: 2,
            accepted: 64_118,
            failed: 248,
            gone: 994,
          },
      days: Array.from({ length: 14 }, (_, index) => ({
        day: new Date(NOW - (13 - index) * DAY).setHours(0, 0, 0, 0),
        accepted: isEmpty
          ? 0
          : ([1100, 0, 1180, 204, 0, 0, 1302, 1190, 1, 3, 900, 1204, 0, 1640][index] ?? 0),
        failed: isEmpty ? 0 : index === 6 ? 240 : index % 4,
        gone: isEmpty ? 0 : index % 5 === 2 ? 30 : 0,
      })),
      services: isEmpty
        ? []
        : [
            { pushService: 'fcm' as const, active: 802, accepted: 41_022, failed: 3, gone: 610 },
            { pushService: 'mozilla' as const, active: 233, accepted: 14_900, failed: 0, gone: 301 },
            { pushService: 'apple' as const, active: 121, accepted: 5_940, failed: 212, gone: 44 },
            { pushService: 'wns' as const, active: 48, accepted: 2_256, failed: 33, gone: 39 },
          ],
    })),
    settings: os.app.settings.handler(() => settings),
    changeSettings: os.app.changeSettings.handler(({ input }) => {
      settings = settingsSchema.parse({ ...settings, ...input });
      changes.publish('settings');
      return settings;
    }),
    changes: os.app.changes.handler(() => changes.stream()),
  };
}

export function createServerRoutes(scenario: Scenario, changes: Changes) {
  const running: ServerStatus = {
    state: 'running',
    wantedPort: 4830,
    port: 4831,
    url: 'http://localhost:4831/',
    problem: movedProblem(4830, 4831, 'linux'),
    growth: null,
    tokenProblem: null,
  };
  const growth = {
    code: 'unusual-growth',
    cause: '200 new subscriptions came through the subscribe page within an hour, so 35 more were refused.',
    cure: 'If you expected them, let more in. If not, a program or page on this machine is making them up: delete the newest ones in Subscriptions, and close it.',
  };
  const token = { file: '/home/irene/.config/Pushdesk/api-token' };
  const tokenProblem = {
    code: 'api-token-replaced',
    cause: `The file ${token.file} held no valid API token, so Pushdesk made a new one. The old file is now ${token.file}.invalid-20261129065722123.`,
    cure: 'Give your scripts the new token, or quit Pushdesk, put the right one into the file and start again.',
  };
  let status: ServerStatus =
    scenario === 'empty'
      ? { ...running, port: 4830, url: 'http://localhost:4830/', problem: null }
      : {
          ...running,
          growth: scenario === 'huge' ? growth : null,
          tokenProblem: scenario === 'huge' ? tokenProblem : null,
        };
  const turn = (next: ServerStatus) => {
    status = next;
    changes.publish('server');
    return next;
  };
  return {
    status: os.server.status.handler(() => status),
    start: os.server.start.handler(() => turn(running)),
    stop: os.server.stop.handler(() =>
      turn({ ...running, state: 'stopped', port: null, url: null, problem: null }),
    ),
    requests: os.server.requests.handler(() => {
      if (scenario === 'empty') return [];
      return scenario === 'huge' ? fullRequestLog() : sampleRequests();
    }),
    showApiToken: os.server.showApiToken.handler(() => token),
    copyApiToken: os.server.copyApiToken.handler(() => token),
    renewApiToken: os.server.renewApiToken.handler(() => token),
    answerGrowth: os.server.answerGrowth.handler(() => turn({ ...status, growth: null })),
    openSubscribePage: os.server.openSubscribePage.handler(() => ({ url: status.url ?? '' })),
  };
}
