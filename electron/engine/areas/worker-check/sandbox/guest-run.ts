import type {
  QuickJSContext,
  QuickJSHandle,
  QuickJSRuntime,
  QuickJSWASMModule,
} from 'quickjs-emscripten-core';
import { readUrl } from './read-url.ts';
import type { SandboxJob } from './job.ts';
import { GUEST_SCRIPT } from './guest/index.mjs';

/** What one worker may have, in bytes. */
const MEMORY = 96 * 1024 * 1024;
const STACK = 256 * 1024;
/** How much the guest may report, over all runs. */
const MAX_FACTS = 2_000;
const MAX_TOLD = 2_000_000;
/** How many timers may run in a phase: an interval that is never cleared would otherwise use up all the time. */
const MAX_TIMERS = 2_000;

export type StopReason = 'time' | 'memory' | 'output' | 'crash';

/** What all runs of a job share. */
export interface Limits {
  readonly deadline: number;
  facts: number;
  told: number;
  stopped: StopReason | null;
}

/** An error that the guest threw, as texts. */
export interface Thrown {
  message: string;
  stack: string;
}

type Driver = 'started' | 'lifecycle' | 'push' | 'click' | 'timer' | 'state';

/**
 * One start of a worker in a fresh interpreter. The interpreter is the border: the guest has no object of this process, only functions that
 * take and return texts.
 */
export class GuestRun {
  readonly #limits: Limits;
  readonly #job: SandboxJob;
  readonly #onFact: (line: string) => void;
  readonly #runtime: QuickJSRuntime;
  readonly #vm: QuickJSContext;
  readonly #driver: QuickJSHandle;
  readonly #files: ReadonlyMap<string, string>;

  constructor(quickJs: QuickJSWASMModule, job: SandboxJob, limits: Limits, onFact: (line: string) => void) {
    this.#job = job;
    this.#limits = limits;
    this.#onFact = onFact;
    this.#files = new Map(job.files.map(({ url, text }) => [url, text]));
    this.#runtime = quickJs.newRuntime();
    this.#runtime.setMemoryLimit(MEMORY);
    this.#runtime.setMaxStackSize(STACK);
    this.#runtime.setInterruptHandler(() => this.#isEnded());
    this.#vm = this.#runtime.newContext();
    this.#driver = this.#install();
  }

  /** Evaluates the worker. @returns what it threw, or `null` */
  start(): Thrown | null {
    const { script, scriptUrl } = this.#job;
    const asScript = this.#vm.evalCode(script, scriptUrl, { type: 'global' });
    let thrown = this.#takeError(asScript);
    if (
      thrown?.message.startsWith('SyntaxError') === true &&
      /^[^\S\r\n\u2028\u2029]*(?:import|export)\b/m.test(script)
    ) {
      thrown = this.#startAsModule();
    }
    this.#call('started', '');
    return thrown;
  }

  lifecycle(type: 'install' | 'activate'): void {
    this.#call('lifecycle', type);
    this.#settle(30_000);
  }

  /** @returns whether the event was asked to wait, and what it waited for in vain */
  push(payload: string): { waits: number; pending: number } {
    this.#call('push', payload);
    this.#settle(60_000);
    return stateOf(this.#call('state', ''));
  }

  click(click: { title: string; options: unknown; action: string; windows: readonly string[] }): void {
    this.#call('click', JSON.stringify(click));
    this.#settle(90_000);
  }

  dispose(): void {
    // A run that was stopped midway can no longer be disposed of; it goes with the process.
    if (this.#limits.stopped !== null) return;
    this.#driver.dispose();
    this.#vm.dispose();
    this.#runtime.dispose();
  }

  #isOver(): boolean {
    if (this.#limits.stopped === null && Date.now() > this.#limits.deadline) this.#limits.stopped = 'time';
    return this.#limits.stopped !== null;
  }

  /**
   * Promises and async functions treat even the end of the run as a rejection, and a loop around them would go on. Without memory no more
   * of them can be made.
   */
  #isEnded(): boolean {
    if (!this.#isOver()) return false;
    this.#runtime.setMemoryLimit(1);
    return true;
  }

  #startAsModule(): Thrown | null {
    this.#runtime.setModuleLoader(
      (name) => {
        const text = this.#files.get(name);
        this.#tell(
          JSON.stringify({
            kind: 'request',
            via: 'import',
            method: 'GET',
            url: name,
            given: text !== undefined,
          }),
        );
        return text ?? { error: new Error(`The module '${name}' failed to load.`) };
      },
      (base, wanted) => (URL.canParse(wanted, base) ? new URL(wanted, base).href : wanted),
    );
    const result = this.#vm.evalCode(this.#job.script, this.#job.scriptUrl, { type: 'module' });
    if (result.error) return this.#takeError(result);
    this.#runJobs();
    const state = this.#vm.getPromiseState(result.value);
    const thrown = state.type === 'rejected' ? this.#readError(state.error) : null;
    if (state.type === 'rejected') state.error.dispose();
    result.value.dispose();
    return thrown;
  }

  /** Lets promises and timers run until nothing is left, or nothing that is due in this period. */
  #settle(untilMs: number): void {
    for (let timers = 0; timers < MAX_TIMERS && !this.#isOver(); timers += 1) {
      this.#runJobs();
      if (this.#isOver() || this.#call('timer', String(untilMs)) !== '1') return;
    }
  }

  #runJobs(): void {
    while (!this.#isOver() && this.#runtime.hasPendingJob()) {
      const result = this.#runtime.executePendingJobs(200);
      if (result.error) {
        this.#noteStop(this.#readError(result.error));
        result.error.dispose();
      }
      result.dispose();
    }
  }

  #call(name: Driver, argument: string): string {
    if (this.#isOver()) return '';
    const vm = this.#vm;
    using method = vm.getProp(this.#driver, name);
    using text = vm.newString(argument);
    const result = vm.callFunction(method, vm.undefined, text);
    if (result.error) {
      this.#noteStop(this.#readError(result.error));
      result.error.dispose();
      return '';
    }
    const answer = vm.typeof(result.value) === 'string' ? vm.getString(result.value) : '';
    result.value.dispose();
    return answer;
  }

  #install(): QuickJSHandle {
    const vm = this.#vm;
    using host = vm.newObject();
    const offer = (name: string, run: (...texts: string[]) => string | { error: QuickJSHandle }) => {
      using method = vm.newFunction(name, (...handles) => {
        const answer = run(...handles.map((handle) => vm.getString(handle)));
        return typeof answer === 'string' ? vm.newString(answer) : answer;
      });
      vm.setProp(host, name, method);
    };
    offer('emit', (line = '') => {
      this.#tell(line);
      return '';
    });
    offer('readUrl', (input = '', base = '', part = '', value = '') => readUrl(input, base, part, value));
    offer('runFile', (url = '') => {
      const result = vm.evalCode(this.#files.get(url) ?? '', url, { type: 'global' });
      if (result.error) return { error: result.error };
      result.value.dispose();
      return '';
    });
    using make = vm.unwrapResult(vm.evalCode(GUEST_SCRIPT, 'pushdesk:check'));
    using config = vm.newString(JSON.stringify({ scriptUrl: this.#job.scriptUrl, files: this.#job.files }));
    return vm.unwrapResult(vm.callFunction(make, vm.undefined, host, config));
  }

  #tell(line: string): void {
    this.#limits.facts += 1;
    this.#limits.told += line.length;
    if (this.#limits.facts > MAX_FACTS || this.#limits.told > MAX_TOLD) this.#limits.stopped ??= 'output';
    else this.#onFact(line);
  }

  #takeError(result: ReturnType<QuickJSContext['evalCode']>): Thrown | null {
    if (!result.error) {
      result.value.dispose();
      return null;
    }
    const thrown = this.#readError(result.error);
    result.error.dispose();
    this.#noteStop(thrown);
    return thrown;
  }

  #noteStop({ message }: Thrown): void {
    if (/^InternalError: out of memory/.test(message)) this.#limits.stopped ??= 'memory';
  }

  /** Reads only data: a getter of the guest's would be run within its limits, and may throw. */
  #readError(handle: QuickJSHandle): Thrown {
    const vm = this.#vm;
    const textOf = (name: string): string => {
      try {
        using value = vm.getProp(handle, name);
        return vm.typeof(value) === 'string' ? vm.getString(value) : '';
      } catch {
        return '';
      }
    };
    const type = vm.typeof(handle);
    if (type !== 'object')
      return { message: type === 'string' ? vm.getString(handle) : `A thrown ${type}`, stack: '' };
    return { message: `${textOf('name') || 'Error'}: ${textOf('message')}`, stack: textOf('stack') };
  }
}

function stateOf(text: string): { waits: number; pending: number } {
  if (text === '') return { waits: 1, pending: 1 };
  const { waits, pending } = JSON.parse(text) as { waits: number; pending: number };
  return { waits, pending };
}
