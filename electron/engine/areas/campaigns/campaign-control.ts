import type { CampaignId, KeyPairId } from '../../../contract/ids.ts';
import type { PushServiceId } from '../../../contract/push-service.ts';
import { canaryLifecycleOf, isActive, lifecycleOf } from '../../../core/campaign/lifecycle.ts';
import type { Clock } from '../../base/clock.ts';
import type { Dispatcher } from '../../dispatch/dispatcher.ts';
import type { CampaignRow } from '../../dispatch/campaign-store.ts';
import { HOUR_MISSED, type Moved, type Requeue } from '../../dispatch/bulk-delivery-store.ts';
import { deliveriesRemoved, noCanary, notInThatState, unknownCampaign } from './campaign-problems.ts';
import type { CampaignStores } from './campaign-stores.ts';
import type { BackgroundWork } from './background-work.ts';
import { startMissed } from './schedule/schedule-problems.ts';
import { createTally } from '../../dispatch/tally.ts';

/** Rows that one transaction of a bulk change moves. */
const PIECE = 5000;

export interface CampaignControl {
  pause(id: CampaignId): void;
  /** @param leaveOutMissed those whose own hour has passed get nothing; it continues once that is written */
  resume(id: CampaignId, leaveOutMissed?: boolean): void;
  cancel(id: CampaignId): void;
  /** @param cause only those that came to it for this reason at this push service; left out: all */
  sendAgain(
    id: CampaignId,
    state: 'unknown' | 'failed',
    cause?: { pushService: PushServiceId; diagnosis: string },
  ): void;
  resumePart(id: CampaignId, part: { pushService: PushServiceId; keyPairId: KeyPairId }): void;
  /** The person lets the rest follow. */
  goOnAfterCanary(id: CampaignId): void;
  /** The person cancels the rest. */
  stopAfterCanary(id: CampaignId): void;
  /** Continues the campaign from where it is: writes its deliveries, or sends them. */
  goOn(campaign: CampaignRow): void;
  /** Runs a finished campaign again, because something of it is open again. */
  reopen(id: CampaignId): void;
  /** Records the end of deliveries that a cancelled campaign still has waiting. */
  sweep(id: CampaignId): void;
}

export interface CampaignControlOptions {
  stores: CampaignStores;
  dispatcher: Pick<Dispatcher, 'add' | 'remove' | 'wake' | 'resumeLanes' | 'endCanary'>;
  backgroundWork: Pick<BackgroundWork, 'start'>;
  /** Begins the writing of deliveries. */
  prepare: (campaign: CampaignRow) => void;
  onChange: () => void;
  clock: Clock;
}

/** What a person can do to a campaign. Each takes effect at once; long changes of rows follow in pieces. */
export function createCampaignControl(options: CampaignControlOptions): CampaignControl {
  const { stores, dispatcher, backgroundWork, prepare, onChange, clock } = options;
  const { db, campaigns, canaries, lanes, bulk, sums } = stores;

  const mustGet = (id: CampaignId): CampaignRow => {
    const row = campaigns.get(id);
    if (row === null) throw unknownCampaign();
    return row;
  };

  const goOn = (campaign: CampaignRow) => {
    const { isPreparing, isSending } = lifecycleOf(campaign.state);
    if (isPreparing) prepare(campaign);
    if (isSending) dispatcher.add(campaign);
  };

  const count = (moved: readonly Moved[], to: 'cancelled' | 'queued', diagnosis: string | null = null) => {
    const tally = createTally();
    for (const row of moved) {
      tally.add(row, row.state, row.diagnosis, -1);
      tally.add(row, to, diagnosis, 1);
      // Of deliveries that have ended: an `unknown` one was not counted on any day.
      if (row.state === 'failed') tally.takeEnd(row, row.state, row.at);
    }
    tally.write(sums, clock.now());
  };

  const sweep = (id: CampaignId) => {
    backgroundWork.start(`cancel ${id}`, () => {
      const moved = db.transaction(() => {
        const rows = bulk.cancelSome(id, PIECE, clock.now());
        count(rows, 'cancelled');
        return rows;
      });
      onChange();
      return moved.length === 0 ? 'done' : 'more';
    });
  };

  const canaryOf = (id: CampaignId) => canaryLifecycleOf(canaries.of(id)?.state ?? null);

  const cancel = (id: CampaignId) => {
    const { state } = mustGet(id);
    const { isCancelled, mayCancel } = lifecycleOf(state);
    if (isCancelled) return;
    if (!mayCancel) throw notInThatState('cancelled', state);
    db.transaction(() => {
      if (canaryOf(id).mayStop) canaries.decide(id, 'stopped', clock.now());
      campaigns.setState(id, 'cancelled', clock.now());
    });
    dispatcher.remove(id);
    sweep(id);
    onChange();
  };

  /** Runs again what had finished; a paused campaign stays paused until the person says otherwise. */
  const reopen = (id: CampaignId) => {
    const row = mustGet(id);
    if (!lifecycleOf(row.state).isUnderWay) {
      campaigns.setState(id, 'running', null);
      dispatcher.add(row);
    }
    // What failed of it is tried once more and judged again.
    if (canaryOf(id).waitsForPerson) {
      canaries.begin(id);
      goOn(row);
    }
    dispatcher.wake(id);
  };

  const requeue = (which: Requeue, name: string) => {
    let after = 0;
    const piece = () => {
      const moved = db.transaction(() => {
        const rows = bulk.requeueSome(which, after, PIECE, clock.now());
        count(rows, 'queued');
        if (rows.length > 0) reopen(which.campaignId);
        return rows;
      });
      after = moved.at(-1)?.id ?? after;
      onChange();
      return moved.length < PIECE ? ('done' as const) : ('more' as const);
    };
    // The first piece at once, so that the caller sees it happen; most campaigns need no second.
    if (piece() === 'more') backgroundWork.start(name, piece);
  };

  const resumeNow = (id: CampaignId) => {
    const campaign = mustGet(id);
    if (!lifecycleOf(campaign.state).mayResume) return;
    const state = campaign.audienceCursor < campaign.audienceEnd ? 'preparing' : 'running';
    // It counts as starting now, because the person says so: after a kill just now it must not ask a second time.
    const startsNow = campaign.schedule?.asks?.problem.code === startMissed.code;
    const createdAt = startsNow ? clock.now() : campaign.createdAt;
    db.transaction(() => {
      campaigns.setState(id, state, null);
      if (startsNow) campaigns.startAgain(id, createdAt);
      stores.schedules.answered(id);
    });
    goOn({ ...campaign, state, createdAt });
    onChange();
  };

  /** It stays paused, and asks, until all of them are written: after a kill in between nobody is sent anything. */
  const leaveOut = (id: CampaignId) => {
    const piece = () => {
      const now = clock.now();
      const moved = db.transaction(() => {
        if (!lifecycleOf(campaigns.stateOf(id)).mayResume) return [];
        const rows = bulk.cancelMissed(id, PIECE, now);
        count(rows, 'cancelled', HOUR_MISSED);
        return rows;
      });
      if (moved.length === PIECE) return 'more' as const;
      resumeNow(id);
      return 'done' as const;
    };
    if (piece() === 'more') backgroundWork.start(`leave out ${id}`, piece);
  };

  return {
    goOn,
    reopen,
    sweep,
    pause(id) {
      const { state } = mustGet(id);
      const { mayPause, mayResume } = lifecycleOf(state);
      if (mayResume) return;
      if (!mayPause) throw notInThatState('paused', state);
      campaigns.setState(id, 'paused', null);
      dispatcher.remove(id);
      onChange();
    },
    resume(id, leaveOutMissed = false) {
      const campaign = mustGet(id);
      if (isActive(campaign.state)) return;
      if (!lifecycleOf(campaign.state).mayResume) throw notInThatState('resumed', campaign.state);
      if (leaveOutMissed) leaveOut(id);
      else resumeNow(id);
    },
    cancel,
    goOnAfterCanary(id) {
      const campaign = mustGet(id);
      if (!lifecycleOf(campaign.state).isUnderWay || !canaryOf(id).mayGoOn) throw noCanary();
      canaries.decide(id, 'passed', clock.now());
      dispatcher.endCanary(id);
      goOn(campaign);
      onChange();
    },
    stopAfterCanary(id) {
      if (!lifecycleOf(mustGet(id).state).isUnderWay || !canaryOf(id).mayStop) throw noCanary();
      cancel(id);
    },
    sendAgain(id, state, cause) {
      const campaign = mustGet(id);
      // While its rows are still being cancelled, rows that should be cancelled would be sent.
      const { isCancelled, maySendAgain } = lifecycleOf(campaign.state);
      const unsettled = isCancelled && sums.openCount(id) > 0;
      if (!maySendAgain || unsettled) throw notInThatState('sent again', campaign.state);
      if (stores.retention.removedAt(id) !== null) throw deliveriesRemoved();
      const part = cause === undefined ? null : { ...cause, keyPairId: null };
      const name = cause === undefined ? '' : ` ${cause.pushService} ${cause.diagnosis}`;
      requeue({ campaignId: id, state, part }, `send again ${id} ${state}${name}`);
    },
    resumePart(id, part) {
      mustGet(id);
      const paused = lanes
        .list(id)
        .filter(
          ({ pushService, keyPairId }) => pushService === part.pushService && keyPairId === part.keyPairId,
        );
      const reasons = new Set(paused.flatMap(({ pause }) => (pause === null ? [] : [pause.diagnosis])));
      if (reasons.size === 0) return;
      for (const lane of paused) lanes.setPause(lane, null, clock.now());
      dispatcher.resumeLanes(id, part);
      for (const diagnosis of reasons)
        requeue(
          { campaignId: id, state: 'failed', part: { ...part, diagnosis } },
          `resume ${id} ${diagnosis}`,
        );
      onChange();
    },
  };
}
