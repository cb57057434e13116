import type { Audience } from '../../../electron/contract/campaign-audience.ts';
import type { CanaryRules } from '../../../electron/contract/canary.ts';
import type { Campaign } from '../../../electron/contract/campaigns.ts';
import type { Preflight } from '../../../electron/contract/preflight.ts';
import type { Message } from '../../../electron/contract/message.ts';
import type { Editing, Timing } from '../../compose-draft/when.ts';
import type { Problem } from '../../../electron/contract/problem.ts';

/** How it is sent, apart from what goes to whom. */
export interface SendOptions {
  /** Who goes first; left out or `null`: everyone at once. */
  canary?: CanaryRules | null;
}

export interface SendInput extends SendOptions {
  /** `null` while a field is not right. */
  message: Message | null;
  /** `null` while nobody is chosen. */
  audience: Audience | null;
  /** Left out: at once. */
  timing?: Timing;
}

export interface Send extends SendOptions {
  message: Message;
  audience: Audience;
  timing: Timing;
}

const AT_ONCE: Timing = {
  schedule: null,
  messagesPerMinute: null,
  quietHours: null,
  editing: null,
  problem: null,
};

export type SendStep =
  | { kind: 'writing' }
  | { kind: 'checking' }
  /** Send was pressed, and these prevent it. */
  | { kind: 'blocked'; problems: Problem[] }
  /** More than one would get it: asked once. */
  | ({ kind: 'asking'; preflight: Preflight } & Send)
  | { kind: 'starting' };

export interface SendMachineOptions {
  preflight: (send: Send) => Promise<Preflight>;
  /** `mayReplace`: the person was told that what they edit was changed elsewhere, and wants it all the same. */
  start: (send: Send & { requestId: string; mayReplace: boolean }) => Promise<Campaign>;
  /** The id under which the draft is sent, once all of it is kept. @throws why it cannot be kept */
  requestIdOfDraft: () => Promise<string>;
  /** Makes a UUID. */
  makeId: () => string;
  problemOf: (error: unknown) => Problem;
}

export interface SendMachine {
  step: () => SendStep;
  /** Calls `listener` at every step; returns its undo. */
  listen: (listener: () => void) => () => void;
  /** Checks afresh, then starts, asks or refuses. Returns the campaign if one was started. */
  press: (input: SendInput) => Promise<Campaign | null>;
  /** Answers the question with yes. */
  confirm: () => Promise<Campaign | null>;
  /** Back to writing: the question was answered with no, or what was blamed has been changed. */
  leave: () => void;
}

const FIELDS_WRONG: Problem = {
  code: 'fields-wrong',
  cause: 'Some fields have errors.',
  cure: 'Fix what is marked in red.',
};

/** Problems that the fields themselves show. */
export const SHOWN_BY_FIELDS: ReadonlySet<string> = new Set([FIELDS_WRONG.code, 'title-missing']);

const NOBODY_CHOSEN: Problem = {
  code: 'nobody-chosen',
  cause: 'No recipients chosen.',
  cure: 'Choose who gets it under Recipients.',
  field: 'audience',
};

/** The start was sent, and nobody knows what became of it. */
const UNANSWERED: ReadonlySet<string> = new Set(['line-cut', 'line-cut-safe', 'engine-away']);

const MAYBE_SENT: Problem = {
  code: 'maybe-sent',
  cause: 'The message you sent before this change may already be on its way: its answer was lost.',
  cure: 'Look under Campaigns. To send this one as well, press Send again.',
};

const isSame = (one: Editing | null, other: Editing | null) =>
  one !== null && one.id === other?.id && one.edition === other.edition;

/**
 * The press of Send. The draft has one request id until something in it changes, so that neither a double press nor a second try, even in a
 * reloaded window, sends twice.
 */
export function createSendMachine({
  preflight,
  start,
  requestIdOfDraft,
  makeId,
  problemOf,
}: SendMachineOptions): SendMachine {
  const listeners = new Set<() => void>();
  let step: SendStep = { kind: 'writing' };
  /** What the question was about. */
  let asked: Send | null = null;
  let request: { of: string; id: string } | null = null;
  /** Said at the next press before anything is sent, so that nothing is sent twice in silence. */
  let doubt: { problem: Problem; stands: (of: string) => boolean } | null = null;

  /** The version being edited when the person was told that it was changed elsewhere. */
  let told: Editing | null = null;

  const turn = (next: SendStep) => {
    step = next;
    for (const listener of listeners) listener();
  };
  const requestIdFor = async (send: Send) => {
    const of = JSON.stringify(send);
    if (request?.of === of) return request.id;
    const ofDraft = await requestIdOfDraft();
    // What was tried under it said something else, which the draft does not hold.
    const id = ofDraft === request?.id ? makeId() : ofDraft;
    request = { of, id };
    return id;
  };
  const begin = async (send: Send) => {
    turn({ kind: 'starting' });
    try {
      const requestId = await requestIdFor(send);
      const campaign = await start({ ...send, requestId, mayReplace: isSame(told, send.timing.editing) });
      request = null;
      doubt = null;
      told = null;
      turn({ kind: 'writing' });
      return campaign;
    } catch (error) {
      const problem = problemOf(error);
      if (problem.code === 'changed-elsewhere') told = send.timing.editing;
      const tried = JSON.stringify(send);
      if (UNANSWERED.has(problem.code)) doubt = { problem: MAYBE_SENT, stands: (of) => of !== tried };
      turn({ kind: 'blocked', problems: [problem] });
      return null;
    }
  };
  const judge = async (send: Send): Promise<Preflight | Problem[]> => {
    try {
      const seen = await preflight(send);
      return seen.blockers.length > 0 ? seen.blockers : seen;
    } catch (error) {
      return [problemOf(error)];
    }
  };

  return {
    step: () => step,
    listen(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    async press({ message, audience, timing = AT_ONCE, ...how }) {
      if (step.kind === 'checking' || step.kind === 'asking' || step.kind === 'starting') return null;
      if (!message || !audience) {
        turn({ kind: 'blocked', problems: [message ? NOBODY_CHOSEN : FIELDS_WRONG] });
        return null;
      }
      if (timing.problem !== null) {
        turn({ kind: 'blocked', problems: [timing.problem] });
        return null;
      }
      const send = { message, audience, timing, ...how };
      if (doubt?.stands(JSON.stringify(send)) === true) {
        turn({ kind: 'blocked', problems: [doubt.problem] });
        doubt = null;
        return null;
      }
      turn({ kind: 'checking' });
      const seen = await judge(send);
      if (Array.isArray(seen)) {
        turn({ kind: 'blocked', problems: seen });
        return null;
      }
      if (seen.recipients <= 1) return begin(send);
      asked = send;
      turn({ kind: 'asking', preflight: seen, ...send });
      return null;
    },
    confirm: () => (step.kind === 'asking' && asked !== null ? begin(asked) : Promise.resolve(null)),
    leave() {
      if (step.kind === 'blocked' || step.kind === 'asking') turn({ kind: 'writing' });
    },
  };
}
