import path from 'node:path';

/** The root of the project, which Electron is started with. */
export const ROOT = path.resolve(import.meta.dirname, '../..');

/** What test runners put into the environment must not change how the app runs. Where compiled code is kept does not. */
export function inheritedEnv(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined &&
        !/^(NODE_(?!COMPILE_CACHE$)|PUSHDESK_|VITEST|ELECTRON_RUN_AS_NODE)/.test(entry[0]),
    ),
  );
}
