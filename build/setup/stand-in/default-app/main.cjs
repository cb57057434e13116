/*
 * What Electron's own default app does with `electron [-r module] folder`, for a program that comes without one.
 * All of it is synchronous: an app must be loaded before Electron is ready, or it can no longer register schemes.
 */
const { app, dialog } = require('electron');
const { readFileSync } = require('node:fs');
const path = require('node:path');

function parse(args) {
  const preload = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index];
    if (arg === '-r' || arg === '--require') preload.push(args[(index += 1)]);
    else if (!arg.startsWith('-')) return { preload, folder: path.resolve(arg) };
  }
  return { preload, folder: process.cwd() };
}

const { preload, folder } = parse(process.argv.slice(1));
process.defaultApp = true;
try {
  const about = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  app.setName(about.productName ?? about.name);
  app.setVersion(about.version);
  app.setAppPath(folder);
  for (const name of preload) require(path.resolve(name));
  require(path.join(folder, about.main));
} catch (error) {
  console.error(error);
  dialog.showErrorBox('The app could not be loaded', String(error.stack));
  app.exit(1);
}
