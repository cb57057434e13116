import type { CanaryState } from '../../contract/canary.ts';
import type { CampaignState } from '../../contract/campaigns.ts';

/** What a campaign does and allows in one of its states. */
export interface Lifecycle {
  /** It waits for its time: nothing of it is written or sent yet, and it can be edited, moved, or sent now. */
  readonly isScheduled: boolean;
  /** It has begun and not ended: something of it may still go out. */
  readonly isUnderWay: boolean;
  /** Its deliveries are being written. */
  readonly isPreparing: boolean;
  /** Its deliveries are being sent. */
  readonly isSending: boolean;
  /** Every one of its deliveries has ended. */
  readonly isFinished: boolean;
  /** It was cancelled: what is waiting never goes out. */
  readonly isCancelled: boolean;
  /** It finishes once nothing of it is waiting. */
  readonly mayFinish: boolean;
  readonly mayPause: boolean;
  readonly mayResume: boolean;
  readonly mayCancel: boolean;
  /** Whether its deliveries may be queued again, once none of them is being cancelled. */
  readonly maySendAgain: boolean;
}

const NOTHING: Lifecycle = {
  isScheduled: false,
  isUnderWay: false,
  isPreparing: false,
  isSending: false,
  isFinished: false,
  isCancelled: false,
  mayFinish: false,
  mayPause: false,
  mayResume: false,
  mayCancel: false,
  maySendAgain: false,
};

const LIFECYCLES: Record<CampaignState, Lifecycle> = {
  scheduled: { ...NOTHING, isScheduled: true, mayCancel: true },
  preparing: { ...NOTHING, isUnderWay: true, isPreparing: true, mayPause: true, mayCancel: true },
  running: {
    ...NOTHING,
    isUnderWay: true,
    isSending: true,
    mayFinish: true,
    mayPause: true,
    mayCancel: true,
    maySendAgain: true,
  },
  paused: {
    ...NOTHING,
    isUnderWay: true,
    mayFinish: true,
    mayResume: true,
    mayCancel: true,
    maySendAgain: true,
  },
  finished: { ...NOTHING, isFinished: true, maySendAgain: true },
  cancelled: { ...NOTHING, isCancelled: true, maySendAgain: true },
};

/**
 * The only place that says what each state of a campaign means; everything else asks here and compares no states.
 *
 * @param state `null`: there is no such campaign, so nothing is done or allowed
 */
export function lifecycleOf(state: CampaignState | null): Lifecycle {
  return state === null ? NOTHING : LIFECYCLES[state];
}

/** Whether it goes on by itself: deliveries are being written or sent, unless it waits for the person. */
export function isActive(state: CampaignState): boolean {
  const { isPreparing, isSending } = LIFECYCLES[state];
  return isPreparing || isSending;
}

/** Every state of a kind, for a question to the store. */
export function campaignStatesThat(kind: keyof Lifecycle): CampaignState[] {
  return (Object.keys(LIFECYCLES) as CampaignState[]).filter((state) => LIFECYCLES[state][kind]);
}

/** What a canary does and allows in one of its states. */
export interface CanaryLifecycle {
  /** Nothing but the canary may be sent. */
  readonly holdsBack: boolean;
  /** Nothing is sent until the person decides. */
  readonly waitsForPerson: boolean;
  /** What was held back never goes out. */
  readonly cancelsRest: boolean;
  readonly mayGoOn: boolean;
  readonly mayStop: boolean;
}

const LET_GO: CanaryLifecycle = {
  holdsBack: false,
  waitsForPerson: false,
  cancelsRest: false,
  mayGoOn: false,
  mayStop: false,
};

const CANARY_LIFECYCLES: Record<CanaryState, CanaryLifecycle> = {
  sending: { ...LET_GO, holdsBack: true, mayGoOn: true, mayStop: true },
  waiting: { ...LET_GO, holdsBack: true, waitsForPerson: true, mayGoOn: true, mayStop: true },
  passed: LET_GO,
  stopped: { ...LET_GO, cancelsRest: true },
  everyone: LET_GO,
};

/** @param state `null`: the campaign has no canary, so nothing holds it back */
export function canaryLifecycleOf(state: CanaryState | null): CanaryLifecycle {
  return state === null ? LET_GO : CANARY_LIFECYCLES[state];
}
