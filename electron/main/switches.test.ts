import { describe, expect, it } from 'vitest';
import { findRefusedSwitch, refusalOf } from './switches.ts';

const find = (...args: string[]) => findRefusedSwitch(args, 'linux');

describe('an installed app', () => {
  it.each([
    '--remote-debugging-port=9222',
    '--remote-debugging-port=0',
    '--remote-debugging-pipe',
    '--remote-debugging-address=0.0.0.0',
    '--remote-allow-origins=*',
    '--inspect',
    '--inspect=9229',
    '--inspect-brk',
    '--inspect-port=1',
    '--js-flags=--expose-gc',
    '--load-extension=/tmp/evil',
    '--disable-web-security',
    '--host-rules=MAP * 127.0.0.1',
    '--host-resolver-rules=MAP * 127.0.0.1',
    '--proxy-server=127.0.0.1:1',
    '--proxy-pac-url=http://evil.example/',
    '--ignore-certificate-errors',
    '--user-data-dir=/tmp/x',
    '--renderer-cmd-prefix=/tmp/evil',
    '--utility-cmd-prefix=/tmp/evil',
    '--gpu-launcher=/tmp/evil',
    '--browser-subprocess-path=/tmp/evil',
    '--log-net-log=/tmp/log',
    '--ssl-key-log-file=/tmp/keys',
    '--single-process',
    '--enable-blink-features=NodeIntegration',
    '--disable-features=IsolateOrigins',
    '--enable-features=UseOzonePlatform,Evil',
    '--enable-features',
    '--require=/tmp/evil.js',
    '-r',
    '--eval',
    '--no-sandbox-and-more',
    '--REMOTE-debugging-port=1',
    '--something-that-chromium-learns-next-year',
  ])('is not started with %s', (arg) => {
    expect(find('file', arg)).toBe(arg.split('=')[0]);
  });

  it.each([
    '--no-sandbox',
    '--ozone-platform-hint=auto',
    '--ozone-platform=wayland',
    '--enable-features=UseOzonePlatform,WaylandWindowDecorations',
    '--disable-gpu',
    '--password-store=gnome-libsecret',
    '--lang=en-US',
    '--force-device-scale-factor=1.5',
    '-',
    'a file',
    'https://push.example/?--inspect',
  ])('is started with %s', (arg) => {
    expect(find(arg)).toBeNull();
  });

  it('sees a switch with one dash, as Chromium does, and none after the end of the switches', () => {
    expect(find('-remote-debugging-port=1')).toBe('-remote-debugging-port');
    expect(find('--', '--inspect')).toBeNull();
  });

  it('knows the slash and any letters on Windows, and the Finder on macOS', () => {
    expect(findRefusedSwitch(['/Remote-Debugging-Port=1'], 'win32')).toBe('/Remote-Debugging-Port');
    expect(findRefusedSwitch(['--NO-SANDBOX'], 'win32')).toBeNull();
    expect(find('/home/somebody')).toBeNull();
    expect(findRefusedSwitch(['-psn_0_123'], 'darwin')).toBeNull();
    expect(find('-psn_0_123')).toBe('-psn_0_123');
  });

  it('says so in one sentence, and lets nobody write to the terminal as they like', () => {
    expect(refusalOf('--inspect')).toContain('does not start with --inspect: ');
    expect(refusalOf('--\u001b[2Jx')).toContain('--?[2Jx');
  });
});
