import type { Answer, Ask } from './message.ts';
import { problem as problemFor, textNameOf } from './problems.ts';
import { findRegistration, makeRegistration } from './registration.ts';
import { readSettings } from './settings.ts';
import type { Choice, Kit, Options, Status } from './status.ts';
import { missing } from './support.ts';
import type * as TakeOverFile from './take-over.ts';
import { textsFor } from './texts.ts';

/** The worker itself gives up sooner: what it waits for has time-outs of its own. */
const ANSWER_MS = 60_000;
type TakeOver = typeof TakeOverFile;

const NOTHING = { told: false, tags: [], attributes: {}, json: null };

export interface KitWithStart extends Kit {
  /** Looks for the first time, and again when something outside the page may have changed what it says. */
  readonly start: () => void;
}

/**
 * The half of the kit that is in the page: it asks the visitor, brings the worker in, and shows what the worker answers.
 *
 * @param script address of the script itself, where the browser tells it: worker and engine may be beside it
 */
export function createKit(script: string, version: string): KitWithStart {
  const given: Options = {};
  const listeners = new Set<(status: Status) => void>();
  let warned = '';
  let status: Status = Object.freeze({ state: 'checking', problem: null, ...NOTHING });
  let turn: Promise<unknown> = Promise.resolve();
  let isStarted = false;
  /** What may be brought over from another sender, as of the last look. */
  let over: Ask['over'];

  const notify = (listener: (status: Status) => void) => {
    try {
      listener(status);
    } catch (error) {
      console.error(error);
    }
  };

  function show(
    state: Status['state'],
    problem: Answer['problem'] = null,
    rest: Pick<Status, 'told' | 'tags' | 'attributes' | 'json'> = status,
  ): Status {
    const texts = textsFor(given.lang ?? document.documentElement.lang);
    const text = texts[state === 'on' ? (rest.told ? state : 'later') : textNameOf(problem?.code ?? '')];
    status = Object.freeze({ ...rest, state, problem: problem && { ...problem, text } });
    if (problem && warned !== (warned = problem.code)) {
      console.warn(`Pushdesk (${warned}): ${problem.cause} ${problem.cure}`);
    }
    listeners.forEach(notify);
    return status;
  }

  const failed = (error: unknown) => {
    const known = error as Answer['problem'];
    const problem = known?.cure ? known : problemFor('worker-blocked', error);
    return show(problem.code === 'denied' ? 'denied' : 'off', problem);
  };

  /** One question at a time. Without a window there is nothing to show, and nobody to ask. */
  function inTurn(work: () => Promise<Status> | Status): Promise<Status> {
    if (typeof window === 'undefined') return Promise.resolve(status);
    const done = turn.then(async () => {
      try {
        const absent = missing();
        return absent ? show('unsupported', absent) : await work();
      } catch (error) {
        return failed(error);
      }
    });
    turn = done;
    return done;
  }

  async function ask(
    { active }: ServiceWorkerRegistration,
    pushdesk: Ask['pushdesk'],
    choice?: Choice,
  ): Promise<Status> {
    // It may be anything, such as the event of a click, and that is not to be posted.
    const { tags, attributes } = Object(choice) as Ask['choice'] & object;
    const { port1, port2 } = new MessageChannel();
    const question: Ask = {
      ...given,
      pushdesk,
      engine: readSettings(given, script).engine,
      over,
      choice: { tags, attributes },
    };
    const answer = await new Promise<unknown>((resolve, reject) => {
      port1.onmessage = ({ data }) => {
        resolve(data);
      };
      setTimeout(reject, ANSWER_MS, 'no answer');
      // A plain copy: what frameworks wrap, such as a list in Vue, cannot be posted.
      active?.postMessage(JSON.parse(JSON.stringify(question)), [port2]);
    });
    port1.close();
    const { state, problem, ...rest } = answer as Answer;
    return show(state, problem, rest);
  }

  async function found(): Promise<ServiceWorkerRegistration | undefined> {
    const { place } = readSettings(given, script);
    const registration = await findRegistration(place);
    if (!given.takeOver?.[0]) return registration;
    const file = place.url.replace(/[^/]*$/, 'pushdesk-take-over.mjs');
    const { takeOver } = (await import(file)) as TakeOver;
    const taken = await takeOver(place, given.takeOver, registration, makeRegistration);
    over = taken.over;
    return taken.registration;
  }

  /** Asks the worker, if there is one that may know about a subscription. */
  const askFound = (what: Ask['pushdesk'], choice?: Choice) =>
    inTurn(async () => {
      const registration = await found();
      if (registration?.active) return ask(registration, what, choice);
      return Notification.permission === 'denied'
        ? failed(problemFor('denied'))
        : show('off', null, { ...NOTHING, ...choice });
    });

  const kit: KitWithStart = {
    version,
    configure(options) {
      const before = JSON.stringify(given);
      Object.assign(given, options);
      if (!isStarted) kit.start();
      else if (JSON.stringify(given) !== before) void kit.state();
    },
    subscribe(choice) {
      // Asked at once: after a wait, some browsers no longer treat it as the visitor's doing. Not all of them say so.
      const asked =
        typeof window !== 'undefined' &&
        !missing() &&
        ((navigator.userActivation as UserActivation | undefined)?.isActive === false ||
          Notification.requestPermission());
      return inTurn(async () => {
        if (asked === true) return show(status.state, problemFor('needs-gesture'));
        show('working');
        const answer = await asked;
        if (answer === 'granted') {
          const taken = given.takeOver && (await found());
          const made = over ? taken : await makeRegistration(readSettings(given, script).place);
          return made && !('cure' in made) ? ask(made, 'subscribe', choice) : failed(made);
        }
        return failed(
          problemFor(answer === 'default' ? 'dismissed' : top !== window ? 'in-frame' : 'denied'),
        );
      });
    },
    unsubscribe() {
      void inTurn(() => show('working'));
      return askFound('unsubscribe');
    },
    state: () => askFound('check'),
    setTags: (tags) => askFound('choose', { tags }),
    setAttributes: (attributes) => askFound('choose', { attributes }),
    onChange(listener) {
      listeners.add(listener);
      notify(listener);
      return () => void listeners.delete(listener);
    },
    start() {
      if (isStarted || typeof window === 'undefined') return;
      isStarted = true;
      const look = () => void kit.state();
      const again = () => {
        if (status.problem && document.visibilityState === 'visible') look();
      };
      // A prerendered page may never be seen.
      if ((document as { prerendering?: boolean }).prerendering) {
        document.addEventListener('prerenderingchange', look, { once: true });
      } else {
        look();
      }
      addEventListener('online', again);
      document.addEventListener('visibilitychange', again);
      addEventListener('pageshow', ({ persisted }) => {
        if (persisted) look();
      });
      try {
        navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
          if (data === 'pushdesk-changed') look();
        });
      } catch {
        // There is none here, as the look finds out.
      }
    },
  };
  return kit;
}
