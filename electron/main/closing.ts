/** What would be broken off if Pushdesk quit now. */
export interface Work {
  /** Title of each campaign that is being sent, the newest first. */
  campaigns: readonly string[];
  /** Messages of them that are not done yet. */
  unsent: number;
  /** Whether a rehearsal runs: it is thrown away. */
  rehearsal: boolean;
}

export type ClosingChoice = 'background' | 'quit' | 'cancel';

/** What a question to the person says, and what each of its buttons means. */
export interface ClosingQuestion {
  message: string;
  detail: string;
  buttons: readonly { label: string; choice: ClosingChoice }[];
}

export function closingQuestion({ campaigns, unsent, rehearsal }: Work): ClosingQuestion | null {
  const [first] = campaigns;
  if (first === undefined) {
    if (!rehearsal) return null;
    return {
      message: 'A rehearsal is running',
      detail: 'If you quit now, it ends and its results are discarded.',
      buttons: [
        { label: 'End rehearsal and quit', choice: 'quit' },
        { label: 'Cancel', choice: 'cancel' },
      ],
    };
  }
  const what = campaigns.length === 1 ? `“${shortened(first)}”` : `${campaigns.length} campaigns`;
  const left = unsent === 1 ? '1 message' : `${unsent.toLocaleString('en-US')} messages`;
  return {
    message: campaigns.length === 1 ? 'A campaign is being sent' : 'Campaigns are being sent',
    detail: [
      `${left} of ${what} ${unsent === 1 ? 'is' : 'are'} not sent yet.`,
      'In the background, Pushdesk finishes without its window and then quits. Start it again to see the window.',
      'If you pause, requests on their way are finished first. Resume the campaign when you are back.',
      ...(rehearsal ? ['A rehearsal is running too. If you quit, its results are discarded.'] : []),
    ].join('\n\n'),
    buttons: [
      { label: 'Keep sending in the background', choice: 'background' },
      { label: 'Pause and quit', choice: 'quit' },
      { label: 'Cancel', choice: 'cancel' },
    ],
  };
}

function shortened(title: string): string {
  const plain = title.replace(/[\p{C}\s]+/gu, ' ').trim();
  return plain.length > 60 ? `${plain.slice(0, 60)}…` : plain;
}

export interface ClosingOptions {
  /** `null`: the engine does not answer, so there is nothing to ask about. */
  findWork(): Promise<Work | null>;
  ask(question: ClosingQuestion): Promise<ClosingChoice>;
  pauseCampaigns(): Promise<void>;
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
  /** From now on nobody is asked: the system ends, or whoever may has asked for it. */
  insist(): void;
  /** The person wants the window back. */
  reopen(): void;
}

/**
 * [Note: closing] In the background the app stays until its campaigns are done, and then quits by itself: nobody looks at it, and nothing is
 * left to do. If the person opens the window meanwhile, it stays as if nothing had been.
 */
export function createClosing(options: ClosingOptions): Closing {
  let decided = false;
  let isAsking = false;
  let stopWatching: (() => void) | null = null;

  const quit = () => {
    decided = true;
    stopWatching?.();
    options.quit();
  };
  const watch = () => {
    stopWatching ??= options.repeat(() => {
      void options.findWork().then((work) => {
        // An engine that does not answer just now may be starting again.
        if (stopWatching !== null && work !== null && work.campaigns.length === 0) quit();
      });
    });
  };
  const decide = async () => {
    const work = await options.findWork();
    const question = work === null ? null : closingQuestion(work);
    if (decided) return;
    if (question === null) {
      quit();
      return;
    }
    switch (await options.ask(question)) {
      case 'background':
        options.hide();
        watch();
        return;
      case 'quit':
        await options.pauseCampaigns();
        quit();
        return;
      case 'cancel':
        options.show();
    }
  };

  return {
    mayQuit() {
      if (decided) return true;
      if (isAsking) return false;
      isAsking = true;
      decide()
        .catch(() => {
          // What cannot be found out is no reason to stay for ever.
          if (!decided) quit();
        })
        .finally(() => {
          isAsking = false;
        });
      return false;
    },
    insist() {
      decided = true;
    },
    reopen() {
      stopWatching?.();
      stopWatching = null;
      options.show();
    },
  };
}
