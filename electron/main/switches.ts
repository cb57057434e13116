/**
 * What an installed app may be started with. Chromium knows some two thousand switches, and many of them let whoever starts the app read or
 * steer it: a port for a debugger, another program for its processes, a proxy, a log of every request, weaker rules for its pages. So they
 * are not listed: what is listed is what people need to see the window well, and everything else is refused.
 */
const ALLOWED: ReadonlySet<string> = new Set([
  // The display and the graphics card.
  'ozone-platform',
  'ozone-platform-hint',
  'enable-wayland-ime',
  'wayland-text-input-version',
  'gtk-version',
  'disable-gpu',
  'disable-gpu-compositing',
  'disable-software-rasterizer',
  'use-gl',
  'use-angle',
  'force-device-scale-factor',
  'high-dpi-support',
  'force-color-profile',
  'disable-dev-shm-usage',
  // The session: start hidden by a desktop, its window class, its language.
  'class',
  'name',
  'lang',
  // Looks and accessibility.
  'force-dark-mode',
  'force-high-contrast',
  'force-renderer-accessibility',
  'force-prefers-reduced-motion',
  'disable-smooth-scrolling',
  // Which key ring, and no sandbox: for root, who gets none, and for systems that forbid it.
  'password-store',
  'no-sandbox',
]);

/** Features of Chromium that desktops and their wrappers switch on. Others could take a guard away. */
const ALLOWED_FEATURES: ReadonlySet<string> = new Set([
  'UseOzonePlatform',
  'WaylandWindowDecorations',
  'WaylandLinuxDrmSyncobj',
]);

/**
 * The first switch that an installed app is not started with, as it was typed but without its value, or `null`. It reads a command line as
 * Chromium does: one dash or two (on Windows also a slash), and nothing after a bare `--`.
 *
 * @param args what comes after the program's name
 */
export function findRefusedSwitch(args: readonly string[], platform: NodeJS.Platform): string | null {
  const prefix = platform === 'win32' ? /^(--|-|\/)/ : /^--?/;
  for (const arg of args) {
    if (arg === '--') return null;
    const [dashes] = prefix.exec(arg) ?? [''];
    if (dashes === '' || arg.length === dashes.length) continue;
    const [typed = '', ...rest] = arg.slice(dashes.length).split('=');
    const name = platform === 'win32' ? typed.toLowerCase() : typed;
    // The Finder adds one to an app that it starts for the first time.
    if (platform === 'darwin' && name.startsWith('psn_')) continue;
    if (ALLOWED.has(name)) continue;
    if (name === 'enable-features' && areFeaturesAllowed(rest.join('='))) continue;
    return `${dashes}${typed}`;
  }
  return null;
}

function areFeaturesAllowed(value: string): boolean {
  return value.split(',').every((feature) => ALLOWED_FEATURES.has(feature));
}

/** Said on the terminal, before anything opens. */
export function refusalOf(name: string): string {
  return `Pushdesk does not start with ${printable(name)}: this switch could let another program read or control it. Start it without.`;
}

/** What somebody typed must not write to the terminal as it likes. */
function printable(text: string): string {
  return text.slice(0, 80).replace(/[^\x20-\x7e]/g, '?');
}
