import { duration } from '../setup/say.mjs';

/**
 * Runs steps one after the other. Those that may run beside others do so in queues of their own, also one after the other, while the rest
 * goes on; their output is kept and printed whole between two steps. Those that only read the sources need not wait until everything is
 * ready.
 *
 * @typedef {import('./steps.mjs').Outcome & {title: string, time: string}} Result
 * @param {readonly import('./steps.mjs').Step[]} steps
 * @param {{say: (line: string) => void, ready: Promise<unknown>}} surroundings `ready`: everything that steps work with is there; if it
 * rejects, no further step begins
 * @returns {Promise<Result[]>} in the order of the steps
 */
export async function runSteps(steps, { say, ready }) {
  /** @type {Map<import('./steps.mjs').Step, Result>} */
  const results = new Map();
  /** @type {Result[]} */
  const unsaid = [];
  const sayWhatIsDone = () => {
    for (const { title, output = '', time } of unsaid.splice(0))
      say(`\n— ${title} (${time}, in the background)\n${output.trimEnd()}`.trimEnd());
  };
  let givenUp = false;
  ready.catch(() => {
    givenUp = true;
  });

  const { foreground, background } = linesOf(steps);
  if (background.length > 0)
    say(
      `In the background: ${background
        .flat()
        .map(({ title }) => title)
        .join(', ')}`,
    );
  const beside = Promise.all(
    background.map((line) =>
      inTurn(line, async (step) => {
        if (!step.sources) await ready;
        if (givenUp) return;
        const result = await timed(step, { quiet: true });
        results.set(step, result);
        unsaid.push(result);
      }),
    ),
  );
  // It rejects when `ready` does, which is reported below.
  beside.catch(() => undefined);
  await inTurn(foreground, async (step) => {
    if (!step.sources) await ready;
    sayWhatIsDone();
    say(`\n— ${step.title}`);
    const result = await timed(step, { quiet: false });
    results.set(step, result);
    // Some tools' output is collected in any case.
    if (result.output) say(result.output.trimEnd());
  });
  await ready;
  await beside;
  sayWhatIsDone();
  return steps.flatMap((step) => results.get(step) ?? []);
}

/**
 * When there is nothing else to do, the person is waiting for the steps that may run beside others, so those run in the foreground.
 * @param {readonly import('./steps.mjs').Step[]} steps
 */
function linesOf(steps) {
  const foreground = steps.filter(({ beside }) => beside === undefined);
  const background = [...new Set(steps.flatMap(({ beside }) => beside ?? []))].map((line) =>
    steps.filter(({ beside }) => beside === line),
  );
  const [first, ...others] = background;
  if (first && others.length === 0 && foreground.length === 0) return { foreground: first, background: [] };
  return { foreground, background };
}

/**
 * @param {readonly import('./steps.mjs').Step[]} steps
 * @param {(step: import('./steps.mjs').Step) => Promise<void>} run
 */
async function inTurn(steps, run) {
  for (const step of steps) await run(step);
}

/**
 * @param {import('./steps.mjs').Step} step
 * @param {import('./steps.mjs').Manner} manner
 */
async function timed({ title, run }, manner) {
  const start = performance.now();
  const outcome = await run(manner);
  return { title, ...outcome, time: duration(performance.now() - start) };
}
