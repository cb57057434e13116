import { readFileSync } from 'node:fs';
import { causeOf } from './causes.mjs';
import { findProgram, isRoot, lastWords, run } from './run.mjs';
import { say, SetupError } from './say.mjs';
import { missing } from './system-needs.mjs';

const TWENTY_MINUTES = 1_200_000;

/**
 * Makes sure that the system has what a group of needs asks for (Linux only: Windows and macOS have it already). On Debian as root it is
 * installed, elsewhere the error is the command to run.
 * @param {readonly import('./system-needs.mjs').Need[]} needs
 * @param {string} purpose completes "This system lacks what …": `the app needs`
 */
export async function ensureSystem(needs, purpose) {
  if (process.platform !== 'linux') return;
  if (needs.length === 0) return;
  const absent = missing(needs, await libraries());
  if (absent.length === 0) return;

  const family = distribution(readFileSync('/etc/os-release', 'utf8'));
  if (family !== 'debian' || !isRoot()) {
    throw new SetupError(`This system lacks what ${purpose}: run ${commandFor(family, absent)}`);
  }
  await installOnDebian(absent, purpose);
}

/**
 * @param {readonly import('./system-needs.mjs').Need[]} absent
 * @param {string} purpose
 */
async function installOnDebian(absent, purpose) {
  say(`Installing what ${purpose} from the system's packages…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const update = await run('apt-get', ['update'], { env, timeoutMs: TWENTY_MINUTES });
  const packages = await existing(absent.map(({ debian }) => debian));
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  const result = await run('apt-get', install, { env, timeoutMs: TWENTY_MINUTES });
  if (result.ok) {
    say(`Installed ${packages.join(', ')}.`);
    return;
  }
  const cause = lastWords(`${update.output}\n${result.output}`, /^[EW]: /);
  throw new SetupError(
    `The system's packages could not be installed (${cause}): ${causeOf(update.output + result.output)?.cure ?? 'Check the connection to the internet'}, and run: apt-get ${install.join(' ')}`,
  );
}

/**
 * Of each list of names, the first that this release has.
 * @param {readonly (readonly string[])[]} names
 */
async function existing(names) {
  const { output } = await run('apt-cache', ['policy', ...names.flat()]);
  const known = new Set(
    [...output.matchAll(/^(\S+):\n {2}Installed: .*\n {2}Candidate: (?!\(none\))/gm)].map(([, name]) => name),
  );
  return [...new Set(names.flatMap((list) => list.find((name) => known.has(name)) ?? list.at(-1) ?? []))];
}

/** What the system's linker finds, or undefined where it keeps no such list. */
async function libraries() {
  const ldconfig = findProgram(['ldconfig']) ?? '/sbin/ldconfig';
  const { ok, output } = await run(ldconfig, ['-p']);
  return ok ? output : undefined;
}

/**
 * The family of a Linux distribution, by its `/etc/os-release`.
 * @param {string} osRelease
 */
export function distribution(osRelease) {
  const field = (/** @type {string} */ name) =>
    new RegExp(`^${name}="?([^"\n]*)`, 'm').exec(osRelease)?.[1] ?? '';
  const ids = `${field('ID')} ${field('ID_LIKE')}`.split(' ');
  return (
    ['debian', 'fedora', 'arch'].find((family) => ids.includes(family)) ??
    (ids.includes('ubuntu') ? 'debian' : 'other')
  );
}

/**
 * The command that installs what is missing, to be run by a person.
 * @param {string} family
 * @param {readonly import('./system-needs.mjs').Need[]} absent
 */
export function commandFor(family, absent) {
  const names = (/** @type {(need: import('./system-needs.mjs').Need) => string | undefined} */ pick) =>
    [...new Set(absent.map(pick))].join(' ');
  if (family === 'debian') {
    return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names(({ debian }) => debian.at(-1))}`;
  }
  if (family === 'fedora') return `sudo dnf install -y ${names(({ fedora }) => fedora)}`;
  if (family === 'arch') return `sudo pacman -S --needed ${names(({ arch }) => arch)}`;
  const signs = absent.map(
    ({ library, programs, fontsIn }) => library ?? programs?.[0] ?? `a font in ${fontsIn}`,
  );
  return `your package manager, to install ${signs.join(', ')}`;
}
