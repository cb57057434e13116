import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { directivesOf, instructionsOf } from './server-files.ts';

/**
 * What an empty server has and a test machine lacks, as far as the guide needs it: systemd and Docker that run the real engine from the
 * real unit and the real Dockerfile below another root. It is started under the name of the program that it stands in for.
 */
const [program = '', ...args] = process.argv.slice(2);
const root = process.env['FAKE_ROOT'] ?? '';
const forEngine = JSON.parse(process.env['FAKE_ENGINE_ENV'] ?? '{}') as Record<string, string>;
const image = path.join(root, 'image');
const pidFile = path.join(root, 'pid');

/** The places of a machine, below another root. */
const below = (top: string, text: string) =>
  text.replaceAll(/(^|[\s"'=])(?=\/(?:opt|etc|var|usr\/local|data|backups)(?:\/|\b))/g, `$1${top}`);

const run = (command: readonly string[], env: NodeJS.ProcessEnv = process.env): number => {
  const [name = '', ...rest] = command;
  return spawnSync(name, rest, { stdio: 'inherit', env }).status ?? 1;
};

function start(command: readonly string[], env: Record<string, string>): number {
  const [name = '', ...rest] = command;
  const log = openSync(path.join(root, 'log'), 'a');
  const child = spawn(name, rest, {
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...env, ...forEngine },
  });
  writeFileSync(pidFile, String(child.pid));
  child.unref();
  return 0;
}

function stop(): number {
  if (!existsSync(pidFile)) return 0;
  const pid = readFileSync(pidFile, 'utf8');
  spawnSync('kill', ['-TERM', pid]);
  const lives = () =>
    !/^(?:Z.*)?$/.test(spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' }).stdout.trim());
  while (lives()) spawnSync('sleep', ['0.1']);
  rmSync(pidFile);
  return 0;
}

function serviceEnv(unit: Map<string, string[]>): Record<string, string> {
  const lines = [...(unit.get('Environment') ?? [])];
  for (const file of unit.get('EnvironmentFile') ?? []) {
    const place = below(root, file.replace(/^-/, ''));
    if (existsSync(place)) lines.push(...readFileSync(place, 'utf8').trim().split('\n'));
  }
  const pairs = lines.map((line): [string, string] => {
    const at = line.indexOf('=');
    return [line.slice(0, at), below(root, line.slice(at + 1))];
  });
  return { PATH: process.env['PATH'] ?? '', ...Object.fromEntries(pairs) };
}

function systemctl([verb = '', ...rest]: string[]): number {
  if (['daemon-reload', 'reload'].includes(verb)) return 0;
  for (const name of rest.filter((word) => !word.startsWith('-'))) {
    const unitName = /\.(?:service|timer)$/.test(name) ? name : `${name}.service`;
    const unit = directivesOf(path.join(root, 'etc/systemd/system', unitName));
    if (unitName.endsWith('.timer')) continue;
    for (const folder of (unit.get('StateDirectory') ?? []).flatMap((names) => names.split(' ')))
      mkdirSync(path.join(root, 'var/lib', folder), { recursive: true, mode: 0o700 });
    const command = (unit.get('ExecStart')?.[0] ?? '').split(' ').map((word) => below(root, word));
    if (unit.get('Type')?.[0] === 'oneshot') return run(command, { ...serviceEnv(unit), ...forEngine });
    if (verb === 'stop' || verb === 'restart') stop();
    if (verb !== 'stop') start(command, serviceEnv(unit));
  }
  return 0;
}

function build(): void {
  const all = instructionsOf('Dockerfile');
  mkdirSync(path.join(image, 'usr/local/bin'), { recursive: true });
  cpSync('.', path.join(image, 'opt/pushdesk'), { recursive: true });
  for (const { name, text } of all)
    if (name === 'RUN' && run(['sh', '-c', below(image, text)]) !== 0) throw new Error(`RUN ${text}`);
  rmSync(path.join(image, 'backups'), { recursive: true });
  symlinkSync(path.resolve('backups'), path.join(image, 'backups'));
}

function containerEnv(): Record<string, string> {
  const compose = parse(readFileSync('compose.yaml', 'utf8')) as {
    services: { pushdesk: { environment: Record<string, string>; env_file: { path: string }[] } };
  };
  const domain = /^PUSHDESK_DOMAIN=(.*)$/m.exec(readFileSync('.env', 'utf8'))?.[1] ?? '';
  const given = Object.entries(compose.services.pushdesk.environment).map(
    ([name, text]): [string, string] => [name, text.replace(/\$\{PUSHDESK_DOMAIN:[^}]*\}/, domain)],
  );
  // Values under `environment` take precedence (Compose specification, “env_file”).
  const fromFiles = compose.services.pushdesk.env_file
    .filter((file) => existsSync(file.path))
    .flatMap((file) => readFileSync(file.path, 'utf8').trim().split('\n'))
    .map((line) => line.split('=', 2) as [string, string]);
  const ofImage = instructionsOf('Dockerfile')
    .filter(({ name }) => name === 'ENV')
    .map(({ text }) => text.split('=', 2).map((part) => below(image, part)) as [string, string]);
  const PATH = [path.join(image, 'usr/local/bin'), process.env['PATH'] ?? ''].join(path.delimiter);
  return { PATH, ...Object.fromEntries([...ofImage, ...fromFiles, ...given]) };
}

/** As Compose does: a container whose settings have changed is made anew. */
function up(entry: readonly string[]): number {
  const settingsFile = path.join(root, 'container.json');
  const settings = JSON.stringify(containerEnv());
  const isSame = existsSync(settingsFile) && readFileSync(settingsFile, 'utf8') === settings;
  if (existsSync(pidFile) && isSame) return 0;
  stop();
  writeFileSync(settingsFile, settings);
  return start(entry, containerEnv());
}

function docker([, verb = '', ...rest]: string[]): number {
  const entry = JSON.parse(
    instructionsOf('Dockerfile').find(({ name }) => name === 'ENTRYPOINT')?.text ?? '[]',
  ) as string[];
  const words = rest.filter((word) => !/^--?(?:T|rm|d|detach|build)$/.test(word)).slice(1);
  const inside = words.map((word) => below(image, word));
  const env = { ...containerEnv(), ...forEngine };
  switch (verb) {
    case 'up':
      if (!existsSync(image)) build();
      return up(entry);
    case 'exec':
      return run(inside, env);
    case 'run':
      return run([...entry, ...inside], env);
    case 'stop':
      return stop();
    default:
      return 1;
  }
}

process.exitCode = program === 'docker' ? docker(args) : systemctl(args);
