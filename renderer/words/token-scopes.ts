import type { TokenScope } from '../../electron/contract/access-tokens.ts';

/** What a token may do, for a person; the order is that in which they are offered. */
export const TOKEN_SCOPES: Readonly<Record<TokenScope, { name: string; about: string }>> = {
  owner: {
    name: 'Owner',
    about: 'Everything, including keys and settings. Opens this workspace in the desktop app.',
  },
  send: { name: 'Send', about: 'Start and control campaigns, and everything that “Read” allows.' },
  read: { name: 'Read', about: 'Lists, campaigns and results, without browsers’ keys.' },
  subscribe: { name: 'Subscribe', about: 'Add, change and remove subscriptions.' },
};
