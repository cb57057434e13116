import { judgeDataFolder } from '../../../files/data-folder.ts';
import type { Problem } from '../../../contract/problem.ts';
import type { OuterStatus } from '../../../contract/server.ts';
import { unknownVariables } from '../../../core/environment/variables.ts';
import { createEngine } from '../../engine.ts';
import type { Log } from '../../base/log.ts';
import { problemOfStart } from '../start-problem.ts';
import { withoutScreens } from '../../serve/without-screens.ts';
import type { WorkerFiles } from '../../base/worker-files.ts';
import { readHeadlessEnvironment, type Machine } from './headless-environment.ts';
import { readSecrets } from './headless-secrets.ts';

export interface HeadlessOptions {
  machine: Machine;
  version: string;
  subscribePageDir: string;
  log: Log;
  /** Where these files are, which only the entry point knows. */
  workerFiles: WorkerFiles;
  /** One line for people. */
  say: (line: string) => void;
  /** Resolves when the process is asked to end. */
  askedToEnd: Promise<string>;
}

/**
 * The engine without a desktop: the same store, the same server, and private keys in a file of mode 0600. Runs until it is asked to end,
 * then stops cleanly.
 *
 * @returns the exit code
 */
export async function runHeadless(options: HeadlessOptions): Promise<0 | 1> {
  const { machine, version, subscribePageDir, log, workerFiles, say, askedToEnd } = options;
  const tell = (problem: Problem) => {
    const { cause, cure } = withoutScreens(problem);
    say(`${cause} ${cure}`);
  };
  const sayOuter = ({ address, problem, warnings }: OuterStatus) => {
    say(problem === null ? `It also listens at ${address}.` : `It does not listen at ${address}.`);
    for (const one of problem === null ? warnings : [problem]) tell(one);
  };
  let dataDir = '';
  try {
    const environment = readHeadlessEnvironment(machine);
    dataDir = environment.dataDir;
    const { secrets, warnings } = readSecrets(machine);
    for (const warning of [...unknownVariables(machine.env, 'headless'), ...warnings]) {
      log.warn({ code: warning.code }, warning.cause);
      tell(warning);
    }
    const engine = await createEngine(
      { ...environment, version, subscribePageDir, electronVersion: null },
      { host: null, log, workerFiles, secrets },
    );
    try {
      const { url, problem, reach } = await engine.start();
      const folderProblem = judgeDataFolder(dataDir);
      if (url === null) {
        if (problem !== null) tell(problem);
        return 1;
      }
      if (folderProblem !== null) tell(folderProblem);
      say(`Pushdesk is ready: ${url}`);
      if (problem !== null) tell(problem);
      if (reach.outer !== null) sayOuter(reach.outer);
      const reason = await askedToEnd;
      log.info({ reason }, 'asked to end');
      return 0;
    } finally {
      await engine.stop();
    }
  } catch (error) {
    const problem = problemOfStart(error, dataDir);
    log.fatal({ code: problem.code }, 'could not run');
    tell(problem);
    return 1;
  }
}
