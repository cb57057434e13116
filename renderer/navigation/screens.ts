import {
  IconBellRinging,
  IconGauge,
  IconKey,
  IconPencil,
  IconServer2,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react';
import { SCREENS as PLACES } from '../../electron/contract/screens.ts';

/** The screens in the order of the navigation, with what each is for. */
export const SCREENS = {
  overview: {
    ...PLACES.overview,
    purpose: 'How things are going, and what to do next.',
    icon: IconGauge,
  },
  compose: {
    ...PLACES.compose,
    purpose: 'Write a notification, see how it will look, and send it.',
    icon: IconPencil,
  },
  campaigns: {
    ...PLACES.campaigns,
    purpose: 'Everything you have sent, and what happened to each message.',
    icon: IconBellRinging,
  },
  subscriptions: {
    ...PLACES.subscriptions,
    purpose: 'The browsers that agreed to get your notifications.',
    icon: IconUsers,
  },
  keys: {
    ...PLACES.keys,
    purpose: 'A key pair proves to push services that a message comes from you.',
    icon: IconKey,
  },
  server: {
    ...PLACES.server,
    purpose: 'Serves the page on this machine where browsers subscribe.',
    icon: IconServer2,
  },
  settings: {
    ...PLACES.settings,
    purpose: 'How Pushdesk looks and works on this machine.',
    icon: IconSettings,
  },
} as const;

export { NEW_MESSAGE_PATH, type ScreenId } from '../../electron/contract/screens.ts';
