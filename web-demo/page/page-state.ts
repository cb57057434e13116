import type { SubscriptionJson } from '../../electron/contract/http.ts';
import type { Problem } from '../shared/problem.ts';

/** The state of the page. */
export type PageState =
  | { kind: 'checking' }
  /** Push cannot work here at all. */
  | { kind: 'unsupported'; problem: Problem }
  | { kind: 'working'; task: WorkingTask; subscription: SubscriptionJson | null }
  | { kind: 'not-subscribed'; event: 'none' | 'cancelled'; problem: Problem | null }
  | {
      kind: 'subscribed';
      event: 'found' | 'new' | 'renewed';
      subscription: SubscriptionJson;
      problem: Problem | null;
    };

export type WorkingTask =
  | 'asking-app'
  | 'asking-permission'
  | 'subscribing'
  | 'renewing'
  | 'telling'
  | 'cancelling';

/** What is on the page. */
export interface View {
  /** Picks colour and icon; the words say the same. */
  tone: 'idle' | 'busy' | 'good' | 'warn' | 'bad';
  headline: string;
  detail: string;
  /** What to do next about a problem; empty when there is none. */
  cure: string;
  /** The problem's code, for programs that look at the page; empty when there is none. */
  problemCode: string;
  canSubscribe: boolean;
  canCancel: boolean;
  /** The subscription, indented; empty when there is none. */
  json: string;
}

/** What a state looks like. Pure: the same state gives the same page. */
export function viewOf(state: PageState): View {
  switch (state.kind) {
    case 'checking':
      return busy('Looking for a subscription', 'This takes a moment.', null);
    case 'unsupported':
      return {
        ...withProblem(state.problem, 'bad', 'Push does not work here'),
        canSubscribe: false,
        canCancel: false,
        json: '',
      };
    case 'working': {
      const [headline, detail] = WORKING[state.task];
      return busy(headline, detail, state.subscription);
    }
    case 'not-subscribed':
      return { ...notSubscribed(state), canSubscribe: true, canCancel: false, json: '' };
    case 'subscribed':
      return {
        ...subscribed(state),
        // With a problem, Subscribe is the way to try again.
        canSubscribe: state.problem !== null,
        canCancel: true,
        json: indented(state.subscription),
      };
  }
}

/** Problems whose cure lies outside the page, so that they may be over when the person comes back to it. */
const CURED_ELSEWHERE = new Set(['app-unreachable', 'no-key-pair', 'denied', 'odd-answer']);

/** Whether the page looks again when the person comes back to it. What they just did or read here stays in view. */
export function looksAgain(state: PageState): boolean {
  switch (state.kind) {
    case 'checking':
    case 'unsupported':
    case 'working':
      return false;
    case 'subscribed':
      return true;
    case 'not-subscribed':
      return state.problem === null ? state.event === 'none' : CURED_ELSEWHERE.has(state.problem.code);
  }
}

type Words = Pick<View, 'tone' | 'headline' | 'detail' | 'cure' | 'problemCode'>;

const WORKING: Record<WorkingTask, readonly [string, string]> = {
  'asking-app': ['Contacting Pushdesk', 'The page is getting the key from the app.'],
  'asking-permission': ['Waiting for your permission', 'Choose Allow when the browser asks.'],
  subscribing: ['Subscribing', 'The browser is contacting its push service. This can take 20 seconds.'],
  renewing: [
    'Subscribing again',
    'Pushdesk now uses a different key pair, so the browser needs a new subscription.',
  ],
  telling: ['Reporting to Pushdesk', 'The subscription is being sent to the app.'],
  cancelling: ['Cancelling', 'The browser is contacting its push service.'],
};

const TOLD: Record<(PageState & { kind: 'subscribed' })['event'], string> = {
  found: 'Pushdesk now has it. Write a message there and press Send.',
  new: 'Pushdesk has it in its list. Write a message there and press Send.',
  renewed: 'It was renewed with the key pair that Pushdesk uses now.',
};

function subscribed({ event, problem }: PageState & { kind: 'subscribed' }): Words {
  const headline = 'This browser is subscribed';
  if (problem !== null) return withProblem(problem, 'warn', headline);
  return plain('good', headline, TOLD[event]);
}

function notSubscribed({ event, problem }: PageState & { kind: 'not-subscribed' }): Words {
  if (event === 'cancelled') {
    const headline = 'Subscription cancelled';
    if (problem !== null) return withProblem(problem, 'warn', headline);
    return plain('idle', headline, 'This browser gets no more notifications, and Pushdesk knows.');
  }
  if (problem !== null) return withProblem(problem, 'bad', 'This browser is not subscribed');
  return plain(
    'idle',
    'This browser is not subscribed',
    'Press Subscribe, then choose Allow when the browser asks.',
  );
}

const plain = (tone: View['tone'], headline: string, detail: string): Words => ({
  tone,
  headline,
  detail,
  cure: '',
  problemCode: '',
});

const withProblem = ({ code, cause, cure }: Problem, tone: View['tone'], headline: string): Words => ({
  tone,
  headline,
  detail: cause,
  cure,
  problemCode: code,
});

const busy = (headline: string, detail: string, subscription: SubscriptionJson | null): View => ({
  ...plain('busy', headline, detail),
  canSubscribe: false,
  canCancel: false,
  json: subscription === null ? '' : indented(subscription),
});

const indented = (subscription: SubscriptionJson) => JSON.stringify(subscription, null, 2);
