import { app } from 'electron';
import { homedir } from 'node:os';
import path from 'node:path';
import { NO_VARIABLES } from '../contract/setting-variables.ts';
import { registerAppScheme } from './app-scheme.ts';
import { unknownVariables } from '../core/environment/variables.ts';
import { prepareDataFolder } from './data-folder.ts';
import { readAppEnvironment } from './environment.ts';
import { choosePasswordStore, hasSealedKeys, rememberedStore } from './password-store.ts';
import { pathsBelow } from './paths.ts';
import { openPushdesk } from './pushdesk.ts';
import { findRefusedSwitch, refusalOf } from './switches.ts';
import { makeTemporaryHome } from './temporary-home.ts';
import { askSessionBus } from './session-bus.ts';
import { closeNewFilesToOthers } from './umask.ts';

closeNewFilesToOthers();

const refused = app.isPackaged ? findRefusedSwitch(process.argv.slice(1), process.platform) : null;
if (refused !== null) {
  process.stderr.write(`${refusalOf(refused)}\n`);
  // Before Electron is ready: no port has been opened yet, and no window.
  process.exit(1);
}
// The signal asks Node for its debugger, and would end any other program.
if (app.isPackaged && process.platform !== 'win32') process.on('SIGUSR1', () => undefined);
app.setName('Pushdesk');
// Whoever started it may stop reading its output; that is no reason to crash.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
// Chromium has no sandbox for root: whoever starts it as root switches the sandbox off, and asking for it all the same would stop every
// process.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
// A page may have names looked up (`dns-prefetch`), which no policy of a page forbids, and a name can carry anything.
app.commandLine.appendSwitch('blink-settings', 'dnsPrefetchingEnabled=false');
registerAppScheme();

// A relative XDG_CONFIG_HOME is to be ignored (XDG Base Directory Specification); Chromium uses it.
const given = app.getPath('appData');
const appData = path.isAbsolute(given) ? given : path.join(homedir(), '.config');
const defaultDataDir = path.join(appData, 'Pushdesk');
const read = readAppEnvironment(process.env, defaultDataDir);
for (const { cause, cure } of unknownVariables(process.env, 'app'))
  process.stderr.write(`${cause} ${cure}\n`);
const environment =
  read.kind === 'read'
    ? read.environment
    : { dataDir: defaultDataDir, port: null, fromEnvironment: NO_VARIABLES };

// The browser engine keeps its own files apart from the app's, and must have a folder even when the data folder cannot be used.
const folder = prepareDataFolder(environment.dataDir);
const home = folder.kind === 'ready' ? environment.dataDir : makeTemporaryHome();
app.setPath('userData', home);
app.setPath('sessionData', path.join(home, 'browser'));

// Before Electron is ready, because by then it has settled which key ring it uses.
if (process.platform === 'linux' && !app.commandLine.hasSwitch('password-store')) {
  const store = choosePasswordStore({
    desktop: process.env['XDG_CURRENT_DESKTOP'] ?? '',
    remembered: rememberedStore(home),
    hasSealedKeys: hasSealedKeys(home),
    names: askSessionBus(process.env),
  });
  if (store !== null) app.commandLine.appendSwitch('password-store', store);
}

if (app.requestSingleInstanceLock()) {
  void app.whenReady().then(() => {
    openPushdesk({
      paths: pathsBelow(path.join(__dirname, '..'), process.resourcesPath),
      environment,
      home,
      homeName: environment.dataDir === defaultDataDir ? 'This computer' : path.basename(environment.dataDir),
      problem: read.kind === 'refused' ? read.problem : null,
    });
  });
} else {
  process.stdout.write('Pushdesk is already running: its window was brought to the front.\n');
  app.exit(0);
}
