import type { Problem } from '../../contract/problem.ts';
import { SETTING_VARIABLES } from '../../contract/setting-variables.ts';
import { visibleText } from '../text/visible-text.ts';

/**
 * Every variable that Pushdesk reads besides those of the settings. `isSecret`: it also exists with `_FILE` appended to its name, and the
 * app, which has a window for these things, reads neither. `isForLog`: the app has a log of its own in the data folder. The help of `npm
 * run headless` and of the package for servers, and the docs, name the same ones: a test makes sure of that.
 */
export const VARIABLES: readonly {
  readonly name: string;
  readonly isSecret?: true;
  readonly isForLog?: true;
}[] = [
  { name: 'PUSHDESK_DATA_DIR' },
  { name: 'PUSHDESK_PORT' },
  { name: 'PUSHDESK_VAPID_PRIVATE_KEY', isSecret: true },
  { name: 'PUSHDESK_VAPID_SUBJECT', isSecret: true },
  { name: 'PUSHDESK_VAPID_PUBLIC_KEY', isSecret: true },
  { name: 'PUSHDESK_API_TOKEN', isSecret: true },
  { name: 'PUSHDESK_WORKERS', isSecret: true },
  { name: 'PUSHDESK_EXTRA_CA_CERTS' },
  { name: 'PUSHDESK_LOG', isForLog: true },
  { name: 'PUSHDESK_LOG_LEVEL', isForLog: true },
];

const COMMON = [
  ...VARIABLES.filter(({ isSecret, isForLog }) => isSecret !== true && isForLog !== true).map(
    ({ name }) => name,
  ),
  ...SETTING_VARIABLES.map(({ variable }) => variable),
];
const HEADLESS_ONLY = VARIABLES.flatMap(({ name, isSecret, isForLog }) => {
  if (isSecret === true) return [name, `${name}_FILE`];
  return isForLog === true ? [name] : [];
});
const NAMES: Readonly<Record<'app' | 'headless', readonly string[]>> = {
  app: COMMON,
  headless: [...COMMON, ...HEADLESS_ONLY],
};
/** Where each has its list. */
const LISTS = { app: 'README.md', headless: 'docs/local-api.md' } as const;
/** Read by other programs that come with the project: the examples of the docs, and its own checks. */
const OF_OTHERS = [
  'PUSHDESK_URL',
  'PUSHDESK_DEBUG',
  'PUSHDESK_TORTURE_SEED',
  'PUSHDESK_TORTURE_KILLS',
  'PUSHDESK_WORKER_NAME',
];
/** A spelling further from a name than this is not a misspelling of it. */
const MAX_SLIPS = 4;
const MAX_NAMED = 5;
const LONGEST = 60;

/** What to say about variables that begin like ours but are not read: a misspelt one would be ignored silently. */
export function unknownVariables(
  env: Readonly<Record<string, string | undefined>>,
  reader: keyof typeof NAMES,
): Problem[] {
  return Object.keys(env)
    .filter((name) => /^pushdesk_/i.test(name) && !NAMES[reader].includes(name) && !OF_OTHERS.includes(name))
    .slice(0, MAX_NAMED)
    .map((name) => (HEADLESS_ONLY.includes(name) ? notForApp(name) : unknown(name, reader)));
}

function unknown(name: string, reader: keyof typeof NAMES): Problem {
  const near = nearestName(name, NAMES[reader]);
  return {
    code: 'unknown-variable',
    cause: `There is no variable ${visibleText(name.slice(0, LONGEST))}, so it was ignored.`,
    cure: near === null ? `${LISTS[reader]} lists them all.` : `Did you mean ${near}?`,
  };
}

const notForApp = (name: string): Problem => ({
  code: 'unknown-variable',
  cause: `The app does not read ${name}, so it was ignored.`,
  cure: `${inApp(name)} npm run headless reads this variable.`,
});

function inApp(name: string): string {
  if (name.startsWith('PUSHDESK_LOG')) return 'Its log is in the data folder.';
  if (name.startsWith('PUSHDESK_WORKERS')) return 'Enter the database under Settings → Sending → Workers.';
  return name.startsWith('PUSHDESK_API_TOKEN')
    ? 'Its API token is on the Server screen.'
    : 'Import the key pair on Keys.';
}

function nearestName(name: string, names: readonly string[]): string | null {
  const [best] = names
    .map((known) => ({ known, slips: slipsBetween(name.toUpperCase(), known) }))
    .sort((one, other) => one.slips - other.slips);
  return best !== undefined && best.slips <= MAX_SLIPS ? best.known : null;
}

/** How many letters to add, leave out or change to turn one into the other (Levenshtein distance). */
function slipsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 1; at <= one.length && at <= 2 * LONGEST; at += 1) {
    const next = [at];
    for (let to = 1; to <= other.length; to += 1) {
      const changed = (row[to - 1] ?? 0) + (one[at - 1] === other[to - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
