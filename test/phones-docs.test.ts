import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { settingsSchema } from '../electron/contract/settings.ts';
import { ROOT } from './e2e/support/pushdesk.ts';

const PAGE = readFileSync(path.join(ROOT, 'docs', 'phones.md'), 'utf8');
const blocks = (language: string) =>
  [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(([, code = '']) =>
    code.trim(),
  );

/** Whether a program is on this machine. */
function has(program: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

it('leads to the port that the server has unless somebody sets another', () => {
  const port = String(settingsSchema.parse({}).serverPort);
  const commands = blocks('sh').filter((command) => !command.startsWith('mkcert'));
  expect(commands.map((command) => command.split(' ')[0])).toEqual([
    'adb',
    'cloudflared',
    'ngrok',
    'tailscale',
    'ssh',
  ]);
  for (const command of commands)
    expect(command.match(/\b\d{4,}\b/g)).toEqual(expect.arrayContaining([port]));
});

/** `-G` reads the whole command line as for a connection, but makes none. */
it.runIf(has('ssh'))(
  'asks ssh for what it means: what comes to port 80 there goes to the server here',
  () => {
    const [, ...args] = blocks('sh').at(4)?.split(' ') ?? [];
    const told = execFileSync('ssh', ['-G', '-F', 'none', ...args], { encoding: 'utf8' });
    expect(told).toContain('remoteforward 80 [localhost]:4830');
    expect(told).toContain('user nokey');
  },
);

it('shows a manifest that Home Screens take, as the one of the subscribe page', () => {
  const [shown = ''] = blocks('json');
  const ours = readFileSync(path.join(ROOT, 'web-demo', 'static', 'app.webmanifest'), 'utf8');
  interface Manifest {
    icons: unknown[];
  }
  const { icons, ...rest } = JSON.parse(shown) as Manifest;
  expect(rest).toMatchObject({ start_url: './', scope: './', display: 'standalone' });
  expect((JSON.parse(ours) as Manifest).icons).toEqual(expect.arrayContaining(icons));
  expect(blocks('html').join()).toMatch(/rel="manifest"[^]*rel="apple-touch-icon" sizes="180x180"/);
});
