import { createORPCClient, ORPCError, type ClientLink } from '@orpc/client';
import type { Topic } from '../../electron/contract/changes.ts';
import type { Problem, ProcedureErrorCode } from '../../electron/contract/problem.ts';
import { createApi, type Api } from '../api/api.ts';
import type { EngineClient, EngineConnection } from '../api/connection.ts';
import type { WorkspacesConnection } from '../api/workspaces.ts';
import { standardAnswers } from './standard-answers.ts';

/** What the engine answers, by area and procedure; each as the contract has it, or thrown by `refuse`. */
export type Answers<Client = EngineClient> = {
  [Name in keyof Client]?: Client[Name] extends (...args: infer Args) => infer Result
    ? (input: Args[0]) => Awaited<Result> | Promise<Awaited<Result>>
    : Answers<Client[Name]>;
};

export interface FakeEngine {
  api: Api;
  /** The inputs of the calls so far of one procedure, named like `keys.generate`. */
  inputsOf: (procedure: string) => unknown[];
  /** Answers differently from now on. */
  answer: (answers: Answers) => void;
  /** Tells the window that something changed. */
  publish: (...topics: Topic[]) => void;
  /** Lets the line break, or come back. */
  setConnected: (isConnected: boolean) => void;
  /** What was asked for but has no answer. */
  unanswered: ReadonlySet<string>;
}

type Answer = (input: unknown) => unknown;

/** A typed refusal, as the engine's router makes it. */
export function refuse(problem: Problem, code: ProcedureErrorCode = 'CONFLICT'): never {
  throw new ORPCError(code, { defined: true, data: problem });
}

/** An answer that never comes. */
export const never = (): Promise<never> => new Promise(() => undefined);

/** An answer that comes when it is told to. */
export function held<Value>(value: Value) {
  let release: () => void = () => undefined;
  const promise = new Promise<Value>((resolve) => {
    release = () => {
      resolve(value);
    };
  });
  return { answer: () => promise, release };
}

/** An engine that answers as a test says, and keeps what it was asked. */
export function createFakeEngine(answers: Answers = {}, workspaces?: WorkspacesConnection): FakeEngine {
  const layers = [answers, standardAnswers() as Answers];
  const calls: { procedure: string; input: unknown }[] = [];
  const unanswered = new Set<string>();
  const changes = createChanges();
  const listeners = new Set<() => void>();
  let connected = true;

  const call = (path: readonly string[], input: unknown): unknown => {
    const procedure = path.join('.');
    if (procedure === 'app.changes') return changes.stream();
    calls.push({ procedure, input });
    for (const layer of layers) {
      const answer = answerIn(layer, path);
      if (answer) return answer(input);
    }
    unanswered.add(procedure);
    return never();
  };
  const link: ClientLink<object> = {
    // What the engine throws comes as a rejection, never at the call.
    call: (path, input) =>
      new Promise((resolve) => {
        resolve(call(path, input));
      }),
  };
  const connection: EngineConnection = {
    client: createORPCClient<EngineClient>(link),
    isConnected: () => connected,
    listen(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };

  return {
    api: createApi(connection, workspaces),
    inputsOf: (wanted) => calls.flatMap(({ procedure, input }) => (procedure === wanted ? [input] : [])),
    answer(next) {
      layers.unshift(next);
    },
    publish: changes.publish,
    setConnected(next) {
      connected = next;
      for (const listener of listeners) listener();
    },
    unanswered,
  };
}

function answerIn(answers: Answers, path: readonly string[]): Answer | undefined {
  let found: unknown = answers;
  for (const name of path) found = (found as Record<string, unknown> | undefined)?.[name];
  return found as Answer | undefined;
}

function createChanges() {
  const waiting: Topic[][] = [];
  let wake: () => void = () => undefined;
  return {
    publish: (...topics: Topic[]) => {
      waiting.push(topics);
      wake();
    },
    async *stream() {
      for (;;) {
        const topics = waiting.shift();
        if (topics) yield { topics };
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    },
  };
}
