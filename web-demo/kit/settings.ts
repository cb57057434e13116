import type { WorkerPlace } from './registration.ts';
import type { Options } from './status.ts';

export interface Settings {
  /** Absolute; `null`: nobody is told. */
  readonly engine: string | null;
  readonly place: WorkerPlace;
}

/** An engine serves the script itself, below its own address. */
export const engineOf = (script: string) => /^(.*\/)kit\/pushdesk\.m?js/.exec(script)?.[1];

/** What a page says, completed by the defaults. @param script address of the kit's own script, or nothing */
export function readSettings(options: Options, script: string): Settings {
  const absolute = (value: unknown, base = document.baseURI) => {
    try {
      return new URL(String(value), base).href;
    } catch {
      return base;
    }
  };
  const served = engineOf(script);
  const beside = script && !served ? script : absolute('/pushdesk/');
  const url = absolute(options.worker ?? 'pushdesk-worker.js', options.worker ? undefined : beside);
  const engine = options.engine ?? served;
  const exists = !!options.existingWorker;
  const { scope } = options;
  return {
    engine: options.offline || !engine ? null : absolute(engine),
    place: { url, scope: scope ? absolute(scope) : absolute(exists ? '/' : './', url), exists },
  };
}
