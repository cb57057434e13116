import { describe, expect, it } from 'vitest';
import { runSteps } from './run-steps.mjs';

/** Steps that end when they are told to; `happened` has the order in which they began and ended. */
function stage() {
  const happened = [];
  const said = [];
  const ends = new Map();
  const step = (title, more = {}) => ({
    name: title,
    title,
    ...more,
    run: () => {
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
    step,
    end,
    surroundings: { say: (line) => said.push(line), ready: Promise.resolve() },
  };
}

describe('running the steps', () => {
  it('goes one by one, with those beside that may be', async () => {
    const { happened, step, end, surroundings } = stage();
    const steps = [
      step('types', { beside: true }),
      step('lint', { beside: true }),
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
      step('types', { beside: true, sources: true }),
      step('lint', { beside: true, sources: true }),
      step('browsers', { beside: true }),
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

  it('lets nothing run beside a step that measures', async () => {
    const { happened, step, end, surroundings } = stage();
    const running = runSteps(
      [step('lint', { beside: true }), step('unit'), step('bench', { alone: true })],
      surroundings,
    );
    await end('unit');
    await end('lint');
    await end('bench');
    await running;
    expect(happened.indexOf('bench begins')).toBeGreaterThan(happened.indexOf('lint ends'));
  });

  it('prints whole, between two steps, what was said beside', async () => {
    const { said, step, end, surroundings } = stage();
    const running = runSteps([step('lint', { beside: true }), step('unit'), step('e2e')], surroundings);
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
