import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { getPriority } from 'node:os';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { exitCode } from './endings.mjs';
import { findProgram, lastWords, LOW_PRIORITY, run } from './run.mjs';

const module = new URL('./run.mjs', import.meta.url).href;
const waitForEver = `process.stdout.write('up'); setInterval(() => {}, 1000)`;
const inForeground = script(`
  import { runInForeground } from ${JSON.stringify(module)};
  process.exitCode = await runInForeground(process.execPath, ['-e', ${JSON.stringify(waitForEver)}]);
  console.log('and on to the next');
`);
function script(code) {
  return [process.execPath, '--input-type=module', '-e', code];
}

/** Starts a program whose output stays open until it and all that it started have ended. */
async function start([command, ...args]) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}

describe('a program in the foreground', () => {
  it('gets the signal that asks us to end, and its end becomes ours', async () => {
    const child = await start(inForeground);
    const printed = text(child.stdout);
    child.kill('SIGTERM');
    const [code] = await once(child, 'close');
    expect(code).toBe(143);
    expect(await printed).not.toContain('next');
  });

  it('ends when the shell ends in which npm ran us', async () => {
    const shell = await start(['sh', '-c', '"$@"; :', 'sh', ...inForeground]);
    shell.kill('SIGTERM');
    await once(shell.stdout, 'close');
    expect(shell.signalCode).toBe('SIGTERM');
  });
});

describe('a program whose output is collected', () => {
  it('leaves the processors to others where it is told to, and all that it starts does', async () => {
    const low = Math.max(getPriority(), LOW_PRIORITY);
    // Its priority is lowered right after its start, so it waits for that before it starts another program.
    const { output } = await run(
      process.execPath,
      [
        '-e',
        `const timer = setInterval(() => {
          if (os.getPriority() !== ${low}) return;
          clearInterval(timer);
          child_process.spawn(process.execPath, ['-p', 'os.getPriority()'], { stdio: 'inherit' });
        }, 10)`,
      ],
      { low: true },
    );
    expect(Number(output)).toBe(low);
  });

  it('ends with the one in the foreground beside it, and nothing is begun after', async () => {
    const child = await start(
      script(`
        import { run, runInForeground } from ${JSON.stringify(module)};
        const forever = ['-e', ${JSON.stringify(waitForEver)}];
        void run(process.execPath, forever).then(() => run(process.execPath, forever));
        process.exitCode = await runInForeground(process.execPath, forever);
        console.log('and on to the next');
      `),
    );
    const printed = text(child.stdout);
    child.kill('SIGTERM');
    const [code] = await once(child, 'close');
    expect(code).toBe(143);
    expect(await printed).not.toContain('next');
  });

  it('ends with us, and so does all that it has started', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const connect = `require('node:net').connect(${server.address().port}, '127.0.0.1')`;
    const [command, ...args] = script(`
      import { run } from ${JSON.stringify(module)};
      await run('sh', ['-c', '"$0" -e "$1"; :', process.execPath, ${JSON.stringify(connect)}]);
    `);
    const child = spawn(command, args, { stdio: 'inherit' });
    const [grandchild] = await once(server, 'connection');
    grandchild.resume();
    child.kill('SIGTERM');
    const [[code]] = await Promise.all([once(child, 'close'), once(grandchild, 'close')]);
    expect(code).toBe(143);
    server.close();
  });

  it('passes when it exits with 0', async () => {
    expect(await run(process.execPath, ['-e', 'console.log(1); console.error(2)'])).toMatchObject({
      ok: true,
    });
    expect(await run(process.execPath, ['-e', 'process.exit(3)'])).toMatchObject({
      ok: false,
      timedOut: false,
    });
  });

  it('fails, and says so, when it cannot be started or does not end', async () => {
    const absent = await run('no-such-program', []);
    expect(absent).toMatchObject({ ok: false, timedOut: false });
    expect(absent.output).toContain('no-such-program');
    expect(await run(process.execPath, ['-e', waitForEver], { timeoutMs: 50 })).toMatchObject({
      ok: false,
      timedOut: true,
    });
  });
});

it('reports the end of a child as a shell would', () => {
  expect([exitCode(0, null), exitCode(7, null), exitCode(null, 'SIGKILL')]).toEqual([0, 7, 137]);
});

it('finds programs on the PATH', () => {
  expect(findProgram(['no-such-program', 'sh'])).toMatch(/\/sh$/);
  expect(findProgram(['no-such-program'])).toBeUndefined();
});

it('quotes the last line that matters', () => {
  expect(lastWords('one\nerror: two\nthree\n\n', /error/)).toBe('error: two');
  expect(lastWords('one\ntwo\n\n')).toBe('two');
  expect(lastWords('')).toBe('it printed nothing');
});
