import { SetupError } from '../setup/say.mjs';

/**
 * The installers of each system.
 * @type {Partial<Record<NodeJS.Platform, string[]>>}
 */
export const INSTALLERS = {
  linux: ['AppImage', 'deb', 'rpm', 'tar.gz'],
  win32: ['nsis'],
  darwin: ['dmg', 'zip'],
};

/**
 * Reads what comes after `npm run package --`: `--dir`, `--with-stand-in`, and the installers to make, all of the system's where none is
 * named.
 * @param {readonly string[]} args
 * @param {NodeJS.Platform} platform
 * @returns {{withStandIn: boolean, installers: readonly string[]}} `installers` is empty for the folder alone
 */
export function readPackageOptions(args, platform) {
  const known = INSTALLERS[platform] ?? [];
  const named = args.filter((arg) => !arg.startsWith('--'));
  const strange = args.find((arg) =>
    arg.startsWith('--') ? !['--dir', '--with-stand-in'].includes(arg) : !known.includes(arg),
  );
  if (strange !== undefined) {
    throw new SetupError(
      `"${strange}" cannot be packaged here: choose from ${known.join(', ')}, or pass --dir or --with-stand-in.`,
    );
  }
  return {
    withStandIn: args.includes('--with-stand-in'),
    installers: args.includes('--dir') ? [] : named.length > 0 ? named : known,
  };
}
