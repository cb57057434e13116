/** The screens in the order of the navigation and of the menu. `path`: how the window's router knows them (`index.html#<path>`). */
export const SCREENS = {
  overview: { path: '/', name: 'Overview' },
  compose: { path: '/compose', name: 'Compose' },
  campaigns: { path: '/campaigns', name: 'Campaigns' },
  subscriptions: { path: '/subscriptions', name: 'Subscriptions' },
  keys: { path: '/keys', name: 'Keys' },
  server: { path: '/server', name: 'Server' },
  settings: { path: '/settings', name: 'Settings' },
} as const;

export type ScreenId = keyof typeof SCREENS;
export type ScreenPath = (typeof SCREENS)[ScreenId]['path'];

/** Compose with an empty message; the draft that was open there stays in the list. */
export const NEW_MESSAGE_PATH = '/compose/new';
