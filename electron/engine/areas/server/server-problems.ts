import type { Problem } from '../../../contract/problem.ts';

export const NOT_RUNNING: Problem = {
  code: 'server-stopped',
  cause: 'The server is off, so there is no page to open.',
  cure: 'Start the server first.',
};

export const NOT_RUNNING_TO_CHECK: Problem = {
  code: 'server-stopped',
  cause: 'The server is off, so nothing can reach it.',
  cure: 'Start the server first.',
};

export const NO_PUBLIC_ADDRESS: Problem = {
  code: 'no-public-address',
  cause: 'No public address is set.',
  cure: 'Set one on Server (PUSHDESK_PUBLIC_URL), then check it.',
};

export const NO_KEY_PAIR: Problem = {
  code: 'no-key-pair',
  cause: 'There is no key pair yet, and the kit needs its public key.',
  cure: 'Open Keys and press Generate keys.',
};

export const NO_DESKTOP: Problem = {
  code: 'no-desktop',
  cause: 'There is no desktop here to save a file with.',
  cure: 'Download /kit/pushdesk.js and /kit/pushdesk-worker.js from this server instead.',
};
