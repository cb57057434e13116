import {
  IconBan,
  IconCheck,
  IconCircleDashed,
  IconCircleX,
  IconClock,
  IconFeather,
  IconHandStop,
  IconHelpCircle,
  IconKeyOff,
  IconLoader2,
  IconLogout,
  IconPlayerPause,
  IconRefresh,
  IconTrashOff,
  IconHourglassEmpty,
  type Icon,
} from '@tabler/icons-react';
import type { CanaryState } from '../../electron/contract/canary.ts';
import type { Campaign, CampaignState } from '../../electron/contract/campaigns.ts';
import type { ShownDeliveryState } from '../../electron/contract/deliveries.ts';
import type { SubscriptionState } from '../../electron/contract/subscriptions.ts';
import { lifecycleOf } from '../../electron/core/campaign/lifecycle.ts';
import type { Tone } from './tones.ts';

export interface StateWords {
  word: string;
  tone: Tone;
  icon: Icon;
  /** One sentence for somebody who sees the word for the first time. */
  meaning: string;
}

export const SUBSCRIPTION_STATES: Record<SubscriptionState, StateWords> = {
  active: {
    word: 'Active',
    tone: 'ok',
    icon: IconCheck,
    meaning: 'Can be reached.',
  },
  expired: {
    word: 'Expired',
    tone: 'idle',
    icon: IconHourglassEmpty,
    meaning: 'The browser set an expiry date, and it has passed.',
  },
  gone: {
    word: 'Gone',
    tone: 'idle',
    icon: IconTrashOff,
    meaning: 'The push service says it no longer exists.',
  },
  unsubscribed: {
    word: 'Unsubscribed',
    tone: 'idle',
    icon: IconLogout,
    meaning: 'The person unsubscribed on the subscribe page.',
  },
  mismatched: {
    word: 'Mismatched',
    tone: 'warn',
    icon: IconKeyOff,
    meaning:
      'It was created with a different key than the one used to send. The browser has to subscribe again.',
  },
};

export const DELIVERY_STATES: Record<ShownDeliveryState, StateWords> = {
  queued: { word: 'Queued', tone: 'idle', icon: IconCircleDashed, meaning: 'Waiting to be sent.' },
  waiting: {
    word: 'Waiting',
    tone: 'idle',
    icon: IconClock,
    meaning: 'Held back until its time in the recipient’s time zone, or until quiet hours end there.',
  },
  sending: { word: 'Sending', tone: 'busy', icon: IconLoader2, meaning: 'On its way to the push service.' },
  accepted: {
    word: 'Accepted',
    tone: 'ok',
    icon: IconCheck,
    meaning: 'The push service accepted it. It does not report whether the device showed it.',
  },
  retrying: {
    word: 'Retrying',
    tone: 'warn',
    icon: IconRefresh,
    meaning: 'Has not gone through yet and will be tried again.',
  },
  failed: {
    word: 'Failed',
    tone: 'bad',
    icon: IconCircleX,
    meaning: 'The push service refused it, or could not be reached.',
  },
  gone: {
    word: 'Gone',
    tone: 'idle',
    icon: IconTrashOff,
    meaning:
      'The push service says this subscription no longer exists. It is kept, but nothing more is sent to it.',
  },
  cancelled: {
    word: 'Cancelled',
    tone: 'idle',
    icon: IconBan,
    meaning: 'The campaign was cancelled before it was sent.',
  },
  unknown: {
    word: 'Unknown',
    tone: 'odd',
    icon: IconHelpCircle,
    meaning:
      'Sending stopped in the middle of it. It may have arrived, so it is not sent again unless you choose to.',
  },
};

/** What has been sent while nothing can be stored: whether it has been answered is known once it can be. */
const UNSAVED: StateWords = {
  word: 'Unsaved',
  tone: 'warn',
  icon: IconHourglassEmpty,
  meaning: 'It may have been sent. The outcome is saved as soon as the data file can be written again.',
};

/** The state of a delivery as it is shown. @param wait why its campaign waits, if it does */
export const deliveryStateWords = (state: ShownDeliveryState, wait: Campaign['wait']): StateWords =>
  state === 'sending' && wait?.reason === 'store' ? UNSAVED : DELIVERY_STATES[state];

/** A campaign whose canary is judged, or waits to be. */
const CANARY_STATES: Partial<Record<CanaryState, StateWords>> = {
  sending: {
    word: 'Canary',
    tone: 'busy',
    icon: IconFeather,
    meaning: 'A small share goes first. The rest follows if that goes well.',
  },
  waiting: {
    word: 'Canary: waiting for you',
    tone: 'warn',
    icon: IconHandStop,
    meaning: 'A small share went first. Open the campaign to send the rest or cancel it.',
  },
};

const CAMPAIGN_STATES: Record<CampaignState | 'held' | 'waiting' | 'asking' | 'missed', StateWords> = {
  scheduled: {
    word: 'Scheduled',
    tone: 'idle',
    icon: IconClock,
    meaning: 'It starts by itself at its time. Who gets it is decided then.',
  },
  missed: {
    word: 'Needs attention',
    tone: 'warn',
    icon: IconHandStop,
    meaning: 'It missed its time, or that of some recipients. Open it to decide.',
  },
  asking: {
    word: 'Needs attention',
    tone: 'warn',
    icon: IconHandStop,
    meaning: 'It did not start at its time. Send it now, move it, or cancel it.',
  },
  preparing: {
    word: 'Preparing',
    tone: 'busy',
    icon: IconClock,
    meaning: 'The list of recipients is being written.',
  },
  running: { word: 'Sending', tone: 'busy', icon: IconLoader2, meaning: 'Messages are being sent.' },
  held: {
    word: 'Needs attention',
    tone: 'warn',
    icon: IconHandStop,
    meaning: 'A push service kept refusing messages. Open the campaign to see why.',
  },
  waiting: {
    word: 'Waiting',
    tone: 'warn',
    icon: IconHourglassEmpty,
    meaning: 'Nothing can be sent for now. Sending resumes automatically.',
  },
  paused: { word: 'Paused', tone: 'warn', icon: IconPlayerPause, meaning: 'Paused until you resume it.' },
  finished: { word: 'Finished', tone: 'ok', icon: IconCheck, meaning: 'Every message has an outcome.' },
  cancelled: {
    word: 'Cancelled',
    tone: 'idle',
    icon: IconBan,
    meaning: 'You cancelled it. Unsent messages were discarded.',
  },
};

/** What a campaign's state is shown by. */
export type ShownState = Pick<Campaign, 'state' | 'isHeld' | 'wait' | 'schedule'> & {
  canary?: Campaign['canary'];
};

/** The state of a campaign as it is shown: one that is running but has nothing but waits is not shown as sending. */
export function campaignStateWords({ state, isHeld, wait, schedule, canary = null }: ShownState): StateWords {
  if ((schedule?.asks ?? null) !== null) {
    if (lifecycleOf(state).isScheduled) return CAMPAIGN_STATES.asking;
    if (lifecycleOf(state).mayResume) return CAMPAIGN_STATES.missed;
  }
  const ofCanary = canary !== null && lifecycleOf(state).isSending ? CANARY_STATES[canary.state] : undefined;
  if (ofCanary !== undefined && (isHeld || wait === null)) return ofCanary;
  if (isHeld) return CAMPAIGN_STATES.held;
  return CAMPAIGN_STATES[wait === null ? state : 'waiting'];
}
