import type {
  WorkerCheck,
  WorkerClick,
  WorkerFinding,
  WorkerLead,
} from '../../../../electron/contract/worker-check.ts';
import type { Tone } from '../../../words/tones.ts';

export const TONES: Readonly<Record<WorkerFinding['tone'], Tone>> = {
  bad: 'bad',
  warn: 'warn',
  note: 'idle',
};

const HOW: Readonly<Record<WorkerLead['how'], string>> = {
  open: 'opens',
  navigate: 'goes to',
  focus: 'brings to the front',
};

const leadWords = (leads: readonly WorkerLead[]) =>
  leads.length === 0 ? 'opens nothing' : leads.map(({ how, url }) => `${HOW[how]} ${url}`).join(', then ');

/** "Opens https://…", and what is different while the site is open. */
export function clickWords({ closed, open }: WorkerClick): string {
  const one = leadWords(closed);
  const other = leadWords(open);
  const words = one === other ? one : `${one}; while your site is open, it ${other}`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Addresses that the worker cannot go on without: scripts first, or what it asked for before it showed nothing. */
export function refusedAddresses({ requests, notifications }: WorkerCheck): string[] {
  const isMissing = (via: string) => via === 'importScripts' || via === 'import';
  const refused = requests.filter(
    ({ given, via, phase, method }) =>
      !given &&
      (isMissing(via) ||
        (via === 'fetch' && method === 'GET' && phase === 'push' && notifications.length === 0)),
  );
  return [...new Set(refused.map(({ url }) => url))].filter((url) => /^https?:/.test(url)).slice(0, 10);
}
