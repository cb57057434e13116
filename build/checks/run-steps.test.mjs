import { describe, expect, it } from 'vitest';
import { runSteps } from './run-steps.mjs';

/** Steps that end when they are told to; `happened` has the order in which they began and ended. */
function stage() {
  const happened = [];
  const said = [];
  const ends = new Map();
  const manners = new Map();
  const step = (title, more = {}) => ({
    name: title,
    title,
    ...more,
    run: (manner) => {
      manners.set(title, manner);
      happened.push(`${title} begins`);
      return new Promise((resolve) => {
        ends.set(title, (outcome = {}) => {
          happened.push(`${title} ends`);
          resolve({ passed: 1, failed: 0, skipped: 0, ...outcome });
        });
      });
    },
  });
  const end = async (title, outcome) => {
    await expect.poll(() => ends.has(title)).toBe(true);
    ends.get(title)(outcome);
  };
  return {
    happened,
    said,
    manners,
    step,
    end,
    surroundings: { say: (line) => said.push(line), ready: Promise.resolve() },
  };
}

describe('running the steps', () => {
  it('goes one by one, with those beside that may be', async () => {
    const { happened, step, end, surroundings } = stage();
    const steps = [
      step('types', { beside: 'calculates' }),
      step('lint', { beside: 'calculates' }),
      step('unit'),
      step('e2e'),
    ];
    const running = runSteps(steps, surroundings);
    await end('unit');
    await end('types');
    await end('e2e');
    await end('lint');
    expect((await running).map(({ title }) => title)).toEqual(['types', 'lint', 'unit', 'e2e']);
    expect(happened.slice(0, 3)).toEqual(['types begins', 'unit begins', 'unit ends']);
    expect(happened.indexOf('lint begins')).toBeGreaterThan(happened.indexOf('types ends'));
  });

  it('begins with the sources before all is ready, and with nothing more where it fails', async () => {
    const { happened, step, end, surroundings } = stage();
    const ready = Promise.withResolvers();
    const steps = [
      step('types', { beside: 'calculates', sources: true }),
      step('lint', { beside: 'calculates', sources: true }),
      step('browsers', { beside: 'browsers' }),
      step('unit'),
    ];
    const running = runSteps(steps, { ...surroundings, ready: ready.promise });
    const outcome = running.catch((error) => error.message);
    await expect.poll(() => happened).toEqual(['types begins']);
    ready.reject(new Error('no Electron'));
    await end('types');
    expect(await outcome).toBe('no Electron');
    expect(happened).toEqual(['types begins', 'types ends']);
  });

  it('goes on in each line of work, whatever the others do', async () => {
    const { happened, manners, step, end, surroundings } = stage();
    const steps = [
      step('types', { beside: 'calculates' }),
      step('unit', { beside: 'calculates' }),
      step('browsers', { beside: 'browsers' }),
      step('app'),
      step('bench'),
    ];
    const running = runSteps(steps, surroundings);
    await expect.poll(() => happened).toEqual(['types begins', 'browsers begins', 'app begins']);
    for (const title of ['types', 'app', 'bench', 'unit', 'browsers']) await end(title);
    expect((await running).map(({ title }) => title)).toEqual(steps.map(({ title }) => title));
    expect(happened.slice(-3)).toEqual(['bench ends', 'unit ends', 'browsers ends']);
    expect(manners.get('unit')).toEqual({ quiet: true });
    expect(manners.get('app')).toEqual({ quiet: false });
  });

  it('shows at once what is said where only one line of work is asked for', async () => {
    const { said, manners, step, end, surroundings } = stage();
    const steps = [step('lint', { beside: 'calculates' }), step('unit', { beside: 'calculates' })];
    const running = runSteps(steps, surroundings);
    await end('lint', { output: 'a.ts\n  1:1 error\n', failed: 1 });
    await end('unit', { output: '' });
    expect(await running).toMatchObject([
      { title: 'lint', failed: 1 },
      { title: 'unit', passed: 1 },
    ]);
    expect(manners.get('unit')).toEqual({ quiet: false });
    expect(said).toEqual(['\n— lint', 'a.ts\n  1:1 error', '\n— unit']);
  });

  it('builds before all is ready', async () => {
    const { happened, step, end, surroundings } = stage();
    const ready = Promise.withResolvers();
    const running = runSteps([step('build', { sources: true }), step('app')], {
      ...surroundings,
      ready: ready.promise,
    });
    await end('build');
    expect(happened).toEqual(['build begins', 'build ends']);
    ready.resolve();
    await end('app');
    expect(await running).toHaveLength(2);
  });

  it('prints whole, between two steps, what was said beside', async () => {
    const { said, step, end, surroundings } = stage();
    const running = runSteps(
      [step('lint', { beside: 'calculates' }), step('unit'), step('e2e')],
      surroundings,
    );
    await end('lint', { output: 'a.ts\n  1:1 error\n', failed: 1 });
    expect(said).toEqual(['In the background: lint', '\n— unit']);
    await end('unit');
    await end('e2e');
    await running;
    expect(said).toEqual([
      'In the background: lint',
      '\n— unit',
      expect.stringMatching(/^\n— lint \(.*, in the background\)\na\.ts\n {2}1:1 error$/),
      '\n— e2e',
    ]);
  });
});
