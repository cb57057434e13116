import type { QuickJSWASMModule } from 'quickjs-emscripten-core';
import type { WorkerPhase, WorkerRun } from '../../../../contract/worker-check.ts';
import { readFact, type Fact } from './facts.ts';
import { GuestRun, type Limits, type Thrown } from './guest-run.ts';
import { emptyRun, type SandboxJob } from './job.ts';

/** How many notifications, and how many buttons of each, are clicked. */
const MAX_NOTIFICATIONS_CLICKED = 3;
const MAX_BUTTONS_CLICKED = 6;

/** Runs a worker against a payload: starts it, installs it, pushes, and clicks on what it showed. Never throws. */
export function runJob(quickJs: QuickJSWASMModule, job: SandboxJob): WorkerRun {
  const limits: Limits = { deadline: Date.now() + job.limitMs, facts: 0, told: 0, stopped: null };
  const run = emptyRun(null);
  try {
    push(quickJs, job, limits, run);
    if (limits.stopped === null) click(quickJs, job, limits, run);
  } catch {
    // The interpreter itself gave up: its stack was too deep, or its memory ran out.
    limits.stopped ??= 'crash';
  }
  return { ...run, stopped: limits.stopped };
}

function push(quickJs: QuickJSWASMModule, job: SandboxJob, limits: Limits, run: WorkerRun): void {
  let phase: WorkerPhase = 'start';
  const guest = new GuestRun(quickJs, job, limits, (line) => {
    const fact = readFact(line);
    if (fact !== null) note(run, fact, phase, job);
  });
  const thrown = guest.start();
  if (thrown !== null) noteError(run, thrown, phase, job);
  else {
    for (const event of ['install', 'activate'] as const) {
      phase = event;
      guest.lifecycle(event);
    }
    phase = 'push';
    const { waits, pending } = guest.push(job.payload);
    run.wait = waits === 0 ? 'none' : pending > 0 ? 'pending' : 'settled';
  }
  guest.dispose();
}

/** Each in a fresh start of the worker: browsers end it between a push and a click, and lose its variables. */
function click(quickJs: QuickJSWASMModule, job: SandboxJob, limits: Limits, run: WorkerRun): void {
  const { origin } = new URL(job.scriptUrl);
  for (const [index, { title, options }] of run.notifications.slice(0, MAX_NOTIFICATIONS_CLICKED).entries()) {
    const values = Object.fromEntries(options.map(({ name, value }) => [name, jsonOf(value)]));
    const buttons = buttonsIn(values['actions']).slice(0, MAX_BUTTONS_CLICKED);
    for (const { action, label } of [{ action: '', label: '' }, ...buttons]) {
      if (limits.stopped !== null) return;
      const leads: Record<'closed' | 'open', Extract<Fact, { kind: 'lead' }>[]> = { closed: [], open: [] };
      let windows: 'closed' | 'open' = 'closed';
      let closes = false;
      let isClicking = false;
      const guest = new GuestRun(quickJs, job, limits, (line) => {
        const fact = readFact(line);
        if (fact === null || !isClicking) return;
        if (fact.kind === 'lead') leads[windows].push(fact);
        else if (fact.kind === 'closed') closes = true;
        // The second click is a repeat.
        else if (windows === 'closed') note(run, fact, 'click', job);
      });
      guest.start();
      isClicking = true;
      guest.click({ title, options: values, action, windows: [] });
      windows = 'open';
      guest.click({ title, options: values, action, windows: [`${origin}/`] });
      guest.dispose();
      const leadsOf = (of: 'closed' | 'open') => leads[of].slice(0, 20).map(({ how, url }) => ({ how, url }));
      run.clicks.push({
        notification: index,
        action: cut(action, 2000),
        label: cut(label, 2000),
        closed: leadsOf('closed'),
        open: leadsOf('open'),
        closes,
      });
    }
  }
}

function note(run: WorkerRun, fact: Fact, phase: WorkerPhase, job: SandboxJob): void {
  switch (fact.kind) {
    case 'listener':
      if (!run.listeners.some(({ event }) => event === fact.event)) {
        add(run.listeners, { event: cut(fact.event, 200), late: fact.late }, 60);
      }
      break;
    case 'console':
      add(run.console, { phase, level: cut(fact.level, 40), text: fact.text }, 200);
      break;
    case 'error':
      noteError(run, fact, phase, job);
      break;
    case 'request': {
      const { via, url, given } = fact;
      add(run.requests, { phase, via, method: cut(fact.method, 40), url, given }, 200);
      break;
    }
    case 'notification': {
      if (phase === 'click') break;
      const options = Object.entries(fact.options)
        .slice(0, 60)
        .map(([name, value]) => ({ name: cut(name, 200), value: cut(value, 8000) }));
      add(run.notifications, { title: fact.title, options, isAlive: fact.isAlive }, 20);
      break;
    }
    case 'read':
      add(run.reads, cut(fact.how, 40), 60);
      break;
    case 'absent':
      if (!run.absent.includes(fact.path)) add(run.absent, cut(fact.path, 200), 60);
      break;
    case 'lacking':
      if (!run.lacking.includes(fact.name)) add(run.lacking, cut(fact.name, 200), 20);
      break;
    case 'badge':
      add(run.badges, cut(fact.count, 40), 20);
      break;
    case 'late-wait':
      run.isLateWait = true;
      break;
    case 'lead-refused':
      add(run.refusedLeads, fact.url, 20);
      break;
    case 'lead':
    case 'closed':
      break;
  }
}

function noteError(run: WorkerRun, { message, stack }: Thrown, phase: WorkerPhase, job: SandboxJob): void {
  const text = cut(message, 2000);
  if (run.errors.some((one) => one.phase === phase && one.message === text)) return;
  add(run.errors, { phase, message: text, at: placeIn(stack, job) }, 60);
}

/** The first stack line that is in one of the person's files. */
function placeIn(stack: string, { scriptUrl, files }: SandboxJob): { file: string; line: number } | null {
  const names = [scriptUrl, ...files.map(({ url }) => url)];
  for (const frame of stack.split('\n').slice(0, 50)) {
    const [, file, line] = /(?:\(|at )([^()\s]+?):(\d+)(?::\d+)?\)?$/.exec(frame.slice(0, 4000)) ?? [];
    if (file !== undefined && names.includes(file)) {
      return { file: file === scriptUrl ? '' : cut(file, 2000), line: Number(line) };
    }
  }
  return null;
}

function buttonsIn(actions: unknown): { action: string; label: string }[] {
  if (!Array.isArray(actions)) return [];
  return actions.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null) return [];
    const { action, title } = one as { action?: unknown; title?: unknown };
    return typeof action === 'string' ? [{ action, label: typeof title === 'string' ? title : action }] : [];
  });
}

/** Long values were cut off, so they are no longer valid JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

const cut = (text: string, most: number) => text.slice(0, most);

function add<Row>(rows: Row[], row: Row, most: number): void {
  if (rows.length < most) rows.push(row);
}
