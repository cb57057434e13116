import {
  IconBellRinging,
  IconGauge,
  IconKey,
  IconPencil,
  IconServer2,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react';

/** The screens in the order of the navigation, with what each is for. */
export const SCREENS = {
  overview: {
    path: '/',
    name: 'Overview',
    purpose: 'How things are going, and what to do next.',
    icon: IconGauge,
  },
  compose: {
    path: '/compose',
    name: 'Compose',
    purpose: 'Write a notification, see how it will look, and send it.',
    icon: IconPencil,
  },
  campaigns: {
    path: '/campaigns',
    name: 'Campaigns',
    purpose: 'Everything you have sent, and what happened to each message.',
    icon: IconBellRinging,
  },
  subscriptions: {
    path: '/subscriptions',
    name: 'Subscriptions',
    purpose: 'The browsers that agreed to get your notifications.',
    icon: IconUsers,
  },
  keys: {
    path: '/keys',
    name: 'Keys',
    purpose: 'A key pair proves to push services that a message comes from you.',
    icon: IconKey,
  },
  server: {
    path: '/server',
    name: 'Server',
    purpose: 'Serves the page on this machine where browsers subscribe.',
    icon: IconServer2,
  },
  settings: {
    path: '/settings',
    name: 'Settings',
    purpose: 'How Pushdesk looks and works on this machine.',
    icon: IconSettings,
  },
} as const;
/** Compose with an empty message. */
export const NEW_MESSAGE_PATH = `${SCREENS.compose.path}/new`;

export type ScreenId = keyof typeof SCREENS;
