import type { PushServiceId } from '../../contract/push-service.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { restAfter } from './rest-after.ts';
import type { BatchPart, WorkerQueue } from './work-queue.ts';

const TRY_AGAIN_MS = 1000;

interface Waiting extends BatchPart {
  readonly pushService: PushServiceId;
  readonly answer: (mayGo: boolean) => void;
}

/** Tells the queue what is about to go out, many parts at once, and asks again until there is an answer. */
export interface PartBeginner {
  /** @returns whether it may go: nobody called it back, and the queue knows that it was begun */
  begin(pushService: PushServiceId, part: BatchPart): Promise<boolean>;
}

/** @param isEnding whether to stop waiting for an answer: then, whatever was not begun may not go */
export function createPartBeginner({
  queue,
  worker,
  wait,
  isEnding,
  clock,
  log,
}: {
  /** `null` while it cannot be reached. */
  queue: () => Pick<WorkerQueue, 'begin'> | null;
  worker: string;
  wait: (milliseconds: number) => Promise<void>;
  isEnding: () => boolean;
  clock: Clock;
  log: Log;
}): PartBeginner {
  let waiting: Waiting[] = [];
  let isBusy = false;

  const ask = async (
    pushService: PushServiceId,
    parts: readonly Waiting[],
  ): Promise<readonly BatchPart[]> => {
    for (;;) {
      try {
        const here = queue();
        if (here !== null)
          return await here.begin(
            pushService,
            parts.map(({ batch, part }) => ({ batch, part })),
            worker,
          );
      } catch (error) {
        log.warn({ error: String(error) }, 'it could not be told what was begun');
      }
      if (isEnding()) return [];
      await wait(TRY_AGAIN_MS);
    }
  };

  /** What comes in while one question is open, or shortly after it, goes into the next one, so that each message costs little. */
  const askAll = async () => {
    while (waiting.length > 0) {
      const all = waiting;
      waiting = [];
      const askedAt = clock.now();
      for (const pushService of new Set(all.map((one) => one.pushService))) {
        const parts = all.filter((one) => one.pushService === pushService);
        const begun = await ask(pushService, parts);
        const mine = new Set(begun.map(keyOf));
        for (const one of parts) one.answer(mine.has(keyOf(one)));
      }
      const rest = restAfter(clock.now() - askedAt, 0);
      if (rest > 0) await wait(rest);
    }
    isBusy = false;
  };

  return {
    begin: (pushService, part) =>
      new Promise((answer) => {
        waiting.push({ ...part, pushService, answer });
        if (isBusy) return;
        isBusy = true;
        void askAll();
      }),
  };
}

const keyOf = ({ batch, part }: BatchPart) => `${batch} ${part}`;
