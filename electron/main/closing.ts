/** What would be cut short if Pushdesk quit now. */
export interface Work {
  /** Title of each campaign that is being sent, the newest first. */
  campaigns: readonly string[];
  /** How many of their messages are not done yet. */
  unsent: number;
  /** Title of each campaign that waits for its time, the soonest first; left out means none. */
  scheduled?: readonly string[];
  /** Whether a rehearsal is running: quitting discards it. */
  rehearsal: boolean;
  /** Whether an import is storing rows: those already stored stay. */
  importing: boolean;
  /** Whether subscriptions are being erased: those already erased stay erased. */
  erasing: boolean;
}

/** `silent`: the engine is alive but does not answer in time. `null`: there is no engine that could be at work. */
export type FoundWork = Work | 'silent' | null;

export type ClosingChoice = 'background' | 'quit' | 'wait' | 'cancel';

/** What a question to the person says, and what each of its buttons means. The last one changes nothing. */
export interface ClosingQuestion {
  message: string;
  detail: string;
  buttons: readonly { label: string; choice: ClosingChoice }[];
}

/** What quitting does to work that it ends. The first kind that is running gives the question its heading. */
const ENDED_BY_QUITTING = [
  {
    isRunning: ({ importing }: Work) => importing,
    message: 'An import is running',
    lost: 'it stops. Subscriptions imported so far stay. Import the same file again to add the rest; nothing is added twice.',
    quit: 'Stop import and quit',
  },
  {
    isRunning: ({ erasing }: Work) => erasing,
    message: 'Subscriptions are being erased',
    lost: 'erasing stops. Those erased so far are gone for good; the rest stay until you erase them again.',
    quit: 'Stop erasing and quit',
  },
  {
    isRunning: ({ rehearsal }: Work) => rehearsal,
    message: 'A rehearsal is running',
    lost: 'it ends and its results are discarded.',
    quit: 'End rehearsal and quit',
  },
];

export function closingQuestion(work: Work): ClosingQuestion | null {
  const ended = ENDED_BY_QUITTING.filter(({ isRunning }) => isRunning(work));
  if (work.campaigns.length > 0) return campaignQuestion(work, ended);
  return ended.length > 0 ? endedQuestion(ended, work) : scheduledQuestion(work);
}

/** What is said about campaigns that are waiting; empty if none are. */
function scheduledWords({ scheduled = [] }: Work): string[] {
  const [first] = scheduled;
  if (first === undefined) return [];
  const what =
    scheduled.length === 1 ? `“${shortened(first)}” starts` : `${scheduled.length} campaigns start`;
  return [
    `${what} at the set time only if Pushdesk is running then. If it isn’t, Pushdesk asks you at the next start.`,
  ];
}

function scheduledQuestion(work: Work): ClosingQuestion | null {
  const words = scheduledWords(work);
  if (words.length === 0) return null;
  return {
    message: work.scheduled?.length === 1 ? 'A campaign is scheduled' : 'Campaigns are scheduled',
    detail: [
      ...words,
      'In the background, Pushdesk waits without its window, sends, and then quits. Start it again to see the window.',
    ].join('\n\n'),
    buttons: [
      { label: 'Keep running in the background', choice: 'background' },
      { label: 'Quit', choice: 'quit' },
      { label: 'Cancel', choice: 'cancel' },
    ],
  };
}

function endedQuestion(ended: typeof ENDED_BY_QUITTING, work: Work): ClosingQuestion | null {
  const [first, ...others] = ended;
  if (first === undefined) return null;
  return {
    message: first.message,
    detail: [`If you quit now, ${first.lost}`, ...others.map(alsoRunning), ...scheduledWords(work)].join(
      '\n\n',
    ),
    buttons: [
      { label: others.length === 0 ? first.quit : 'Stop all and quit', choice: 'quit' },
      { label: 'Cancel', choice: 'cancel' },
    ],
  };
}

function campaignQuestion(work: Work, ended: typeof ENDED_BY_QUITTING): ClosingQuestion {
  const { campaigns, unsent } = work;
  const [first = ''] = campaigns;
  const what = campaigns.length === 1 ? `“${shortened(first)}”` : `${campaigns.length} campaigns`;
  const left = unsent === 1 ? '1 message' : `${unsent.toLocaleString('en-US')} messages`;
  return {
    message: campaigns.length === 1 ? 'A campaign is being sent' : 'Campaigns are being sent',
    detail: [
      `${left} of ${what} ${unsent === 1 ? 'is' : 'are'} not sent yet.`,
      'In the background, Pushdesk finishes without its window and then quits. Start it again to see the window.',
      'If you pause, requests on their way are finished first. Resume the campaign when you are back.',
      ...ended.map(alsoRunning),
      ...scheduledWords(work),
    ].join('\n\n'),
    buttons: [
      { label: 'Keep sending in the background', choice: 'background' },
      { label: 'Pause and quit', choice: 'quit' },
      { label: 'Cancel', choice: 'cancel' },
    ],
  };
}

const alsoRunning = ({ message, lost }: (typeof ENDED_BY_QUITTING)[number]) =>
  `${message} too. If you quit, ${lost}`;

/** The engine is alive but has not said what it is doing. */
export const SILENT_QUESTION: ClosingQuestion = {
  message: 'Pushdesk is busy',
  detail: [
    'The engine, which stores and sends everything, is not answering at the moment, so something may still be running.',
    'If you wait, Pushdesk quits once it knows that nothing is running, and asks you otherwise.',
    'If you quit anyway, campaigns continue at the next start. An import or erasing stops where it is, and a rehearsal is discarded.',
  ].join('\n\n'),
  buttons: [
    { label: 'Quit anyway', choice: 'quit' },
    { label: 'Wait', choice: 'wait' },
  ],
};

function shortened(title: string): string {
  const plain = title.replace(/[\p{C}\s]+/gu, ' ').trim();
  const characters = Array.from(plain);
  return characters.length > 60 ? `${characters.slice(0, 60).join('')}…` : plain;
}

export interface ClosingOptions {
  findWork(): Promise<FoundWork>;
  ask(question: ClosingQuestion): Promise<ClosingChoice>;
  /** `silent`: the engine is alive, but some campaigns may not have been paused. */
  pauseCampaigns(): Promise<'done' | 'silent'>;
  hide(): void;
  show(): void;
  /** Begins to quit; `mayQuit` is true from then on. */
  quit(): void;
  /** Calls back again and again, until its undo is called. */
  repeat(run: () => void): () => void;
}

/** Decides whether the window may close and the app may quit. */
export interface Closing {
  /** Whether it may go now. If not, the person is asked, once, and what they choose follows. */
  mayQuit(): boolean;
  /** From now on nobody is asked: the system is shutting down, or someone entitled to has asked for it. */
  insist(): void;
  /** The person wants the window back. */
  reopen(): void;
}

/**
 * [Note: closing] In the background the app stays until all its work is done, and then quits by itself: nobody looks at it, and nothing is
 * left to do. If the person opens the window meanwhile, it stays as if nothing had happened.
 */
export function createClosing(options: ClosingOptions): Closing {
  let decided = false;
  let isAsking = false;
  let stopWatching: (() => void) | null = null;

  const endWatch = () => {
    stopWatching?.();
    stopWatching = null;
  };
  const quit = () => {
    decided = true;
    endWatch();
    options.quit();
  };
  /** Keeps looking until what was found has been dealt with. */
  const watch = (dealWith: (found: FoundWork) => void) => {
    endWatch();
    const own = options.repeat(() => {
      void options.findWork().then((found) => {
        if (stopWatching === own) dealWith(found);
      });
    });
    stopWatching = own;
  };
  const stayInBackground = () => {
    options.hide();
    watch((found) => {
      // An engine that does not answer just now may be starting again.
      if (found !== null && found !== 'silent' && closingQuestion(found) === null) quit();
    });
  };
  const waitForAnswer = () => {
    watch((found) => {
      if (found === 'silent') return;
      endWatch();
      begin(() => decide(found));
    });
  };
  const pauseAndQuit = async () => {
    if ((await options.pauseCampaigns()) === 'done') quit();
    else await decide('silent');
  };
  const decide = async (found: FoundWork): Promise<void> => {
    const question = found === 'silent' ? SILENT_QUESTION : found === null ? null : closingQuestion(found);
    if (decided) return;
    if (question === null) {
      quit();
      return;
    }
    const choice = await options.ask(question);
    switch (choice) {
      case 'background':
        stayInBackground();
        return;
      case 'quit':
        if (found === 'silent') quit();
        else await pauseAndQuit();
        return;
      case 'wait':
        waitForAnswer();
        return;
      case 'cancel':
        options.show();
        return;
      default:
        choice satisfies never;
    }
  };
  const begin = (deciding: () => Promise<void>) => {
    if (isAsking) return;
    isAsking = true;
    deciding()
      .catch(() => {
        // Not being able to find out is no reason to stay for ever.
        if (!decided) quit();
      })
      .finally(() => {
        isAsking = false;
      });
  };

  return {
    mayQuit() {
      if (!decided) begin(async () => decide(await options.findWork()));
      return decided;
    },
    insist() {
      decided = true;
    },
    reopen() {
      endWatch();
      options.show();
    },
  };
}
