import { implement } from '@orpc/server';
import { Refusal, unknownField } from '../../contract/problem.ts';
import { contract } from '../../contract/procedures.ts';
import type { ChangeHub } from '../base/change-hub.ts';
import type { Log } from '../base/log.ts';
import type { Calls } from './calls.ts';
import { changeStream } from './change-stream.ts';
import { withoutScreens } from '../without-screens.ts';
import { translateError } from './translate-errors.ts';

export interface RouterServices {
  info: Calls<'app'>['info'];
  overview: { read: Calls<'app'>['overview'] };
  settings: { get: Calls<'app'>['settings']; change: Calls<'app'>['changeSettings'] };
  keys: Calls<'keys'>;
  subscriptions: Calls<'subscriptions'>;
  campaigns: Omit<Calls<'campaigns'>, 'checkPictures' | 'loadPicture'>;
  pictures: { check: Calls<'campaigns'>['checkPictures']; load: Calls<'campaigns'>['loadPicture'] };
  rehearsal: Calls<'rehearsal'>;
  server: Omit<Calls<'server'>, 'showApiToken' | 'copyApiToken' | 'renewApiToken'>;
  apiToken: {
    show: Calls<'server'>['showApiToken'];
    copy: Calls<'server'>['copyApiToken'];
    renew: Calls<'server'>['renewApiToken'];
  };
}

export interface RouterOptions {
  services: RouterServices;
  changes: Pick<ChangeHub, 'listen'>;
  log: Log;
  /** Path of the store, for the words of a refusal. */
  storeFile: string;
  /** Whether there is a window whose screens a cure may lead to ([Note: no screens]). */
  hasScreens: boolean;
  /** Given when the engine stops: open streams and imports end. */
  stopping: AbortSignal;
}

export type EngineRouter = ReturnType<typeof createRouter>;

/** The contract, served. Knows no transport. */
export function createRouter({ services, changes, log, storeFile, hasScreens, stopping }: RouterOptions) {
  const os = implement(contract).use(async ({ next, path, procedure }, input) => {
    try {
      if (procedure['~orpc'].inputSchema === undefined) refuseInput(input);
      const result = await next();
      return hasScreens ? result : { ...result, output: withoutScreens(result.output) };
    } catch (error) {
      throw translateError(error, { path, log, storeFile, hasScreens });
    }
  });
  /** Given when the caller goes away or the engine stops. */
  const until = (caller: AbortSignal | undefined) =>
    caller === undefined ? stopping : AbortSignal.any([caller, stopping]);
  const { overview, settings, keys, subscriptions, campaigns, rehearsal, server, apiToken } = services;

  return os.router({
    app: {
      info: os.app.info.handler(() => services.info(undefined)),
      overview: os.app.overview.handler(() => overview.read(undefined)),
      settings: os.app.settings.handler(() => settings.get(undefined)),
      changeSettings: os.app.changeSettings.handler(({ input }) => settings.change(input)),
      changes: os.app.changes.handler(({ signal }) => changeStream(changes, until(signal))),
    },
    keys: {
      list: os.keys.list.handler(() => keys.list(undefined)),
      generate: os.keys.generate.handler(({ input }) => keys.generate(input)),
      import: os.keys.import.handler(({ input }) => keys.import(input)),
      update: os.keys.update.handler(({ input }) => keys.update(input)),
      use: os.keys.use.handler(({ input }) => keys.use(input)),
      unlock: os.keys.unlock.handler(() => keys.unlock(undefined)),
      remove: os.keys.remove.handler(({ input }) => keys.remove(input)),
      export: os.keys.export.handler(({ input }) => keys.export(input)),
    },
    subscriptions: {
      list: os.subscriptions.list.handler(({ input }) => subscriptions.list(input)),
      counts: os.subscriptions.counts.handler(({ input }) => subscriptions.counts(input)),
      get: os.subscriptions.get.handler(({ input }) => subscriptions.get(input)),
      deliveries: os.subscriptions.deliveries.handler(({ input }) => subscriptions.deliveries(input)),
      previewImport: os.subscriptions.previewImport.handler(({ input, signal }) =>
        subscriptions.previewImport(input, until(signal)),
      ),
      import: os.subscriptions.import.handler(({ input, signal }) =>
        subscriptions.import(input, until(signal)),
      ),
      importStream: {
        open: os.subscriptions.importStream.open.handler(({ input }) =>
          subscriptions.importStream.open(input),
        ),
        write: os.subscriptions.importStream.write.handler(({ input, signal }) =>
          subscriptions.importStream.write(input, until(signal)),
        ),
        finish: os.subscriptions.importStream.finish.handler(({ input, signal }) =>
          subscriptions.importStream.finish(input, until(signal)),
        ),
        cancel: os.subscriptions.importStream.cancel.handler(({ input }) =>
          subscriptions.importStream.cancel(input),
        ),
      },
      copyJson: os.subscriptions.copyJson.handler(({ input }) => subscriptions.copyJson(input)),
      remove: os.subscriptions.remove.handler(({ input }) => subscriptions.remove(input)),
      restore: os.subscriptions.restore.handler(({ input }) => subscriptions.restore(input)),
      previewErase: os.subscriptions.previewErase.handler(({ input }) => subscriptions.previewErase(input)),
      erase: os.subscriptions.erase.handler(({ input, signal }) => subscriptions.erase(input, until(signal))),
    },
    campaigns: {
      preflight: os.campaigns.preflight.handler(({ input }) => campaigns.preflight(input)),
      checkPictures: os.campaigns.checkPictures.handler(({ input, signal }) =>
        services.pictures.check(input, until(signal)),
      ),
      loadPicture: os.campaigns.loadPicture.handler(({ input, signal }) =>
        services.pictures.load(input, until(signal)),
      ),
      start: os.campaigns.start.handler(({ input }) => campaigns.start(input)),
      list: os.campaigns.list.handler(({ input }) => campaigns.list(input)),
      get: os.campaigns.get.handler(({ input }) => campaigns.get(input)),
      pause: os.campaigns.pause.handler(({ input }) => campaigns.pause(input)),
      resume: os.campaigns.resume.handler(({ input }) => campaigns.resume(input)),
      cancel: os.campaigns.cancel.handler(({ input }) => campaigns.cancel(input)),
      resumePart: os.campaigns.resumePart.handler(({ input }) => campaigns.resumePart(input)),
      sendAgain: os.campaigns.sendAgain.handler(({ input }) => campaigns.sendAgain(input)),
      deliveries: os.campaigns.deliveries.handler(({ input }) => campaigns.deliveries(input)),
      delivery: os.campaigns.delivery.handler(({ input }) => campaigns.delivery(input)),
      draft: os.campaigns.draft.handler(() => campaigns.draft(undefined)),
      saveDraft: os.campaigns.saveDraft.handler(({ input }) => campaigns.saveDraft(input)),
    },
    rehearsal: {
      start: os.rehearsal.start.handler(({ input }) => rehearsal.start(input)),
      current: os.rehearsal.current.handler(() => rehearsal.current(undefined)),
      stop: os.rehearsal.stop.handler(() => rehearsal.stop(undefined)),
      campaigns: {
        get: os.rehearsal.campaigns.get.handler(({ input }) => rehearsal.campaigns.get(input)),
        pause: os.rehearsal.campaigns.pause.handler(({ input }) => rehearsal.campaigns.pause(input)),
        resume: os.rehearsal.campaigns.resume.handler(({ input }) => rehearsal.campaigns.resume(input)),
        cancel: os.rehearsal.campaigns.cancel.handler(({ input }) => rehearsal.campaigns.cancel(input)),
        resumePart: os.rehearsal.campaigns.resumePart.handler(({ input }) =>
          rehearsal.campaigns.resumePart(input),
        ),
        sendAgain: os.rehearsal.campaigns.sendAgain.handler(({ input }) =>
          rehearsal.campaigns.sendAgain(input),
        ),
        deliveries: os.rehearsal.campaigns.deliveries.handler(({ input }) =>
          rehearsal.campaigns.deliveries(input),
        ),
        delivery: os.rehearsal.campaigns.delivery.handler(({ input }) => rehearsal.campaigns.delivery(input)),
      },
    },
    server: {
      status: os.server.status.handler(() => server.status(undefined)),
      start: os.server.start.handler(() => server.start(undefined)),
      stop: os.server.stop.handler(() => server.stop(undefined)),
      requests: os.server.requests.handler(() => server.requests(undefined)),
      answerGrowth: os.server.answerGrowth.handler(({ input }) => server.answerGrowth(input)),
      openSubscribePage: os.server.openSubscribePage.handler(() => server.openSubscribePage(undefined)),
      showApiToken: os.server.showApiToken.handler(() => apiToken.show(undefined)),
      copyApiToken: os.server.copyApiToken.handler(() => apiToken.copy(undefined)),
      renewApiToken: os.server.renewApiToken.handler(() => apiToken.renew(undefined)),
    },
  });
}

/** What takes no input is given none: a filter that is passed over would look as if it had worked. */
function refuseInput(input: unknown): void {
  if (input === undefined || input === null) return;
  const [name] = typeof input === 'object' ? Object.keys(input) : ['input'];
  if (name !== undefined) throw new Refusal('BAD_INPUT', unknownField(name.slice(0, 40)));
}
