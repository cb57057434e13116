import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { findProgram } from './run.mjs';

/**
 * What this project needs from a Linux system, how to see whether it is there, and what its package is called.
 *
 * @typedef {object} Need
 * @property {string} [library] it is there if the linker lists this
 * @property {string[]} [programs] it is there if one of these is on the PATH
 * @property {string} [fontsIn] it is there if this folder holds a font
 * @property {string[]} debian newest name first
 * @property {string} fedora
 * @property {string} arch
 */

/** @type {Need[]} */
const ELECTRON = [
  { library: 'libgtk-3.so.0', debian: ['libgtk-3-0t64', 'libgtk-3-0'], fedora: 'gtk3', arch: 'gtk3' },
  { library: 'libnss3.so', debian: ['libnss3'], fedora: 'nss', arch: 'nss' },
  {
    library: 'libatk-1.0.so.0',
    debian: ['libatk1.0-0t64', 'libatk1.0-0'],
    fedora: 'atk',
    arch: 'at-spi2-core',
  },
  {
    library: 'libatk-bridge-2.0.so.0',
    debian: ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'],
    fedora: 'at-spi2-atk',
    arch: 'at-spi2-core',
  },
  { library: 'libgbm.so.1', debian: ['libgbm1'], fedora: 'mesa-libgbm', arch: 'mesa' },
  {
    library: 'libasound.so.2',
    debian: ['libasound2t64', 'libasound2'],
    fedora: 'alsa-lib',
    arch: 'alsa-lib',
  },
  { library: 'libdrm.so.2', debian: ['libdrm2'], fedora: 'libdrm', arch: 'libdrm' },
  { library: 'libxkbcommon.so.0', debian: ['libxkbcommon0'], fedora: 'libxkbcommon', arch: 'libxkbcommon' },
  { library: 'libcups.so.2', debian: ['libcups2t64', 'libcups2'], fedora: 'cups-libs', arch: 'libcups' },
];

/** @type {Need[]} */
const DISPLAY = [
  {
    programs: ['Xvfb'],
    debian: ['xvfb'],
    fedora: 'xorg-x11-server-Xvfb',
    arch: 'xorg-server-xvfb',
  },
];

/** @type {Need[]} */
const COMPILER = [
  { programs: ['g++', 'c++'], debian: ['build-essential'], fedora: 'gcc-c++', arch: 'base-devel' },
  { programs: ['make'], debian: ['build-essential'], fedora: 'make', arch: 'base-devel' },
  { programs: ['python3'], debian: ['python3'], fedora: 'python3', arch: 'python' },
];

/** @type {Need[]} */
const BROWSERS = [
  { programs: ['firefox-esr', 'firefox'], debian: ['firefox-esr'], fedora: 'firefox', arch: 'firefox' },
  {
    programs: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    debian: ['chromium'],
    fedora: 'chromium',
    arch: 'chromium',
  },
  {
    fontsIn: '/usr/share/fonts',
    debian: ['fonts-dejavu-core'],
    fedora: 'dejavu-sans-fonts',
    arch: 'ttf-dejavu',
  },
];

/**
 * What it takes to run the examples of the documentation, and to look at the packaged app.
 * @type {Need[]}
 */
const EXAMPLES = [
  { programs: ['curl'], debian: ['curl'], fedora: 'curl', arch: 'curl' },
  // Runs in front of the engine, as on a server. Debian installs it where only root's PATH leads.
  { programs: ['nginx', '/usr/sbin/nginx'], debian: ['nginx-light'], fedora: 'nginx', arch: 'nginx' },
  // The database of the workers. Debian installs it where no PATH leads, but its helper is on the PATH.
  {
    programs: ['postgres', 'pg_ctlcluster'],
    debian: ['postgresql'],
    fedora: 'postgresql-server',
    arch: 'postgresql',
  },
  // Looks at the window of the packaged app, from outside.
  { programs: ['xprop'], debian: ['x11-utils'], fedora: 'xprop', arch: 'xorg-xprop' },
];

/**
 * A separate key ring for the tests, on a separate session bus, and something that types its password; and what Electron shows the app's
 * notifications with, which are sent over such a bus.
 * @type {Need[]}
 */
const KEY_RING = [
  { library: 'libnotify.so.4', debian: ['libnotify4'], fedora: 'libnotify', arch: 'libnotify' },
  { programs: ['dbus-run-session'], debian: ['dbus'], fedora: 'dbus-daemon', arch: 'dbus' },
  {
    programs: ['gnome-keyring-daemon'],
    debian: ['gnome-keyring'],
    fedora: 'gnome-keyring',
    arch: 'gnome-keyring',
  },
  { programs: ['secret-tool'], debian: ['libsecret-tools'], fedora: 'libsecret', arch: 'libsecret' },
  { programs: ['xdotool'], debian: ['xdotool'], fedora: 'xdotool', arch: 'xdotool' },
  { programs: ['gdbus'], debian: ['libglib2.0-bin'], fedora: 'glib2', arch: 'glib2' },
];

export const NEEDS = { ELECTRON, DISPLAY, COMPILER, BROWSERS, EXAMPLES, KEY_RING };

/**
 * The needs that are not met.
 * @param {readonly Need[]} needs
 * @param {string | undefined} libraries what `ldconfig -p` prints; undefined: not known, so nothing is demanded
 */
export function missing(needs, libraries) {
  return needs.filter((need) => {
    if (need.library) return libraries !== undefined && !libraries.includes(`${need.library} `);
    if (need.programs) return !findProgram(need.programs);
    return need.fontsIn !== undefined && !hasFonts(need.fontsIn);
  });
}

/** @param {string} folder */
function hasFonts(folder) {
  return (
    existsSync(folder) &&
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((name) =>
      /\.(ttf|otf|pfb)$/.test(path.extname(name)),
    )
  );
}
