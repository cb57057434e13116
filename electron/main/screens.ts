/** The screens as the menu lists them, with the path that the window's router knows them by (`index.html#<path>`). */
export const SCREENS = [
  { name: 'Overview', path: '/' },
  { name: 'Compose', path: '/compose' },
  { name: 'Campaigns', path: '/campaigns' },
  { name: 'Subscriptions', path: '/subscriptions' },
  { name: 'Keys', path: '/keys' },
  { name: 'Server', path: '/server' },
  { name: 'Settings', path: '/settings' },
] as const;
export type ScreenPath = (typeof SCREENS)[number]['path'];
/** Compose with an empty message: asks where a draft would be lost. */
export const NEW_MESSAGE_PATH = '/compose/new';
