import type { Act, ActProgress } from '../../../electron/contract/acts.ts';
import { assertNever } from '../../../electron/core/assert-never.ts';
import { countOf, formatCount } from '../../format/numbers.ts';

const quoted = (tags: readonly string[]) => {
  const [first = '', ...others] = tags;
  return others.length === 0 ? `“${first}”` : countOf(tags.length, 'tag');
};

/** What an act did, in one sentence. */
export function doneWords({ act, state, changed, restored }: ActProgress): string {
  if (state === 'undone') return `Undone for ${countOf(restored, 'subscription')}.`;
  const rows = countOf(changed, 'subscription');
  const end = state === 'stopped' ? ' Stopped: the others stay as they were.' : '';
  if (changed === 0 && state === 'done') return nothingWords(act);
  return sentence(act, rows) + end;
}

function sentence(act: Act, rows: string): string {
  switch (act.kind) {
    case 'tag':
      return act.tags.length === 1
        ? `${rows} tagged ${quoted(act.tags)}.`
        : `${quoted(act.tags)} added to ${rows}.`;
    case 'untag':
      return `${quoted(act.tags)} removed from ${rows}.`;
    case 'set-key':
      return `Key pair set for ${rows}.`;
    case 'label':
      return act.label === null ? `Label removed from ${rows}.` : `Label set for ${rows}.`;
    case 'bin':
      return `${rows} moved to the bin.`;
    case 'restore':
      return `${rows} restored.`;
    default:
      return assertNever(act);
  }
}

function nothingWords({ kind }: Act): string {
  switch (kind) {
    case 'tag':
      return 'Nothing changed: they all had it already.';
    case 'untag':
      return 'Nothing changed: none of them had it.';
    case 'bin':
      return 'Nothing changed: they are all in the bin already.';
    default:
      return 'Nothing changed: they were all like that already.';
  }
}

const DOING: Record<Act['kind'], string> = {
  tag: 'Tagging',
  untag: 'Removing tags',
  'set-key': 'Setting the key pair',
  label: 'Setting the label',
  bin: 'Moving to the bin',
  restore: 'Restoring',
};

/** What is being done, and how far it has come. */
export function progressWords({ act, state, done, matched }: ActProgress): string {
  const what = state === 'undoing' ? 'Undoing' : DOING[act.kind];
  if (matched === null) return `${what}: finding subscriptions…`;
  return `${what}: ${formatCount(done)} of ${countOf(matched, 'subscription')}`;
}

export const isUnderWay = ({ state }: Pick<ActProgress, 'state'>): boolean =>
  state === 'choosing' || state === 'running' || state === 'undoing';
