import { implement } from '@orpc/server';
import { contract } from '../../contract/procedures.ts';
import type { ChangeHub } from '../change-hub.ts';
import type { Log } from '../log.ts';
import type { Calls } from './calls.ts';
import { changeStream } from './change-stream.ts';
import { translateError } from './translate-errors.ts';

export interface RouterServices {
  info: Calls<'app'>['info'];
  overview: { read: Calls<'app'>['overview'] };
  settings: { get: Calls<'app'>['settings']; change: Calls<'app'>['changeSettings'] };
  keys: Calls<'keys'>;
  subscriptions: Calls<'subscriptions'>;
  server: Calls<'server'>;
}

export interface RouterOptions {
  services: RouterServices;
  changes: Pick<ChangeHub, 'listen'>;
  log: Log;
  /** Path of the store, for the words of a refusal. */
  storeFile: string;
  /** Given when the engine stops: open streams end. */
  stopping: AbortSignal;
}

export type EngineRouter = ReturnType<typeof createRouter>;

/** The contract, served. Knows no transport. */
export function createRouter({ services, changes, log, storeFile, stopping }: RouterOptions) {
  const { app, keys: ofKeys, subscriptions: ofSubscriptions, server: ofServer } = contract;
  const os = implement({ app, keys: ofKeys, subscriptions: ofSubscriptions, server: ofServer }).use(
    async ({ next, path }) => {
      try {
        return await next();
      } catch (error) {
        throw translateError(error, path, log, storeFile);
      }
    },
  );
  const { overview, settings, keys, subscriptions, server } = services;

  return os.router({
    app: {
      info: os.app.info.handler(() => services.info(undefined)),
      overview: os.app.overview.handler(() => overview.read(undefined)),
      settings: os.app.settings.handler(() => settings.get(undefined)),
      changeSettings: os.app.changeSettings.handler(({ input }) => settings.change(input)),
      changes: os.app.changes.handler(({ signal }) =>
        changeStream(changes, signal === undefined ? stopping : AbortSignal.any([signal, stopping])),
      ),
    },
    keys: {
      list: os.keys.list.handler(() => keys.list(undefined)),
      generate: os.keys.generate.handler(({ input }) => keys.generate(input)),
      import: os.keys.import.handler(({ input }) => keys.import(input)),
      update: os.keys.update.handler(({ input }) => keys.update(input)),
      use: os.keys.use.handler(({ input }) => keys.use(input)),
      remove: os.keys.remove.handler(({ input }) => keys.remove(input)),
      export: os.keys.export.handler(({ input }) => keys.export(input)),
    },
    subscriptions: {
      list: os.subscriptions.list.handler(({ input }) => subscriptions.list(input)),
      counts: os.subscriptions.counts.handler(({ input }) => subscriptions.counts(input)),
      get: os.subscriptions.get.handler(({ input }) => subscriptions.get(input)),
      previewImport: os.subscriptions.previewImport.handler(({ input, signal }) =>
        subscriptions.previewImport(input, signal),
      ),
      import: os.subscriptions.import.handler(({ input, signal }) => subscriptions.import(input, signal)),
      copyJson: os.subscriptions.copyJson.handler(({ input }) => subscriptions.copyJson(input)),
      remove: os.subscriptions.remove.handler(({ input }) => subscriptions.remove(input)),
      restore: os.subscriptions.restore.handler(({ input }) => subscriptions.restore(input)),
    },
    server: {
      status: os.server.status.handler(() => server.status(undefined)),
      start: os.server.start.handler(() => server.start(undefined)),
      stop: os.server.stop.handler(() => server.stop(undefined)),
      requests: os.server.requests.handler(() => server.requests(undefined)),
      openSubscribePage: os.server.openSubscribePage.handler(() => server.openSubscribePage(undefined)),
    },
  });
}
