import {
  IconBan,
  IconCheck,
  IconCircleDashed,
  IconCircleX,
  IconClock,
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
import type { Campaign, CampaignState } from '../../electron/contract/campaign.ts';
import type { DeliveryState, SubscriptionState } from '../../electron/contract/subscription.ts';
import type { Tone } from '../ui/tones.ts';

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
    meaning: 'The browser gave it an end, and that time is over.',
  },
  gone: {
    word: 'Gone',
    tone: 'idle',
    icon: IconTrashOff,
    meaning: 'The push service said that it no longer exists.',
  },
  unsubscribed: {
    word: 'Unsubscribed',
    tone: 'idle',
    icon: IconLogout,
    meaning: 'The person cancelled it on the subscribe page.',
  },
  mismatched: {
    word: 'Mismatched',
    tone: 'warn',
    icon: IconKeyOff,
    meaning:
      'It was made with another key than the one it was sent with. The browser has to subscribe again.',
  },
};

export const DELIVERY_STATES: Record<DeliveryState, StateWords> = {
  queued: { word: 'Queued', tone: 'idle', icon: IconCircleDashed, meaning: 'Waits for its turn.' },
  sending: { word: 'Sending', tone: 'busy', icon: IconLoader2, meaning: 'On its way to the push service.' },
  accepted: {
    word: 'Accepted',
    tone: 'ok',
    icon: IconCheck,
    meaning: 'The push service took it. Whether the device showed it, the push service does not tell.',
  },
  retrying: {
    word: 'Retrying',
    tone: 'warn',
    icon: IconRefresh,
    meaning: 'Did not go through yet and will be tried again.',
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
      'The push service said that this subscription no longer exists. It is kept, but not sent to any more.',
  },
  cancelled: {
    word: 'Cancelled',
    tone: 'idle',
    icon: IconBan,
    meaning: 'The campaign was cancelled before its turn.',
  },
  unknown: {
    word: 'Unknown',
    tone: 'odd',
    icon: IconHelpCircle,
    meaning:
      'It was on the wire when Pushdesk stopped. It may have arrived, so it is not sent again unless you say so.',
  },
};

const CAMPAIGN_STATES: Record<CampaignState | 'held' | 'waiting', StateWords> = {
  preparing: {
    word: 'Preparing',
    tone: 'busy',
    icon: IconClock,
    meaning: 'The list of recipients is being written.',
  },
  running: { word: 'Sending', tone: 'busy', icon: IconLoader2, meaning: 'Messages are on their way.' },
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
  paused: { word: 'Paused', tone: 'warn', icon: IconPlayerPause, meaning: 'Waits until you resume it.' },
  finished: { word: 'Finished', tone: 'ok', icon: IconCheck, meaning: 'Every message has its outcome.' },
  cancelled: {
    word: 'Cancelled',
    tone: 'idle',
    icon: IconBan,
    meaning: 'Stopped by you. What was not sent never will be.',
  },
};

/** The state of a campaign as it is shown: one that runs, but of which all waits, does not send. */
export function campaignStateWords({
  state,
  isHeld,
  wait,
}: Pick<Campaign, 'state' | 'isHeld' | 'wait'>): StateWords {
  if (isHeld) return CAMPAIGN_STATES.held;
  return CAMPAIGN_STATES[wait === null ? state : 'waiting'];
}
