import type { Problem } from '../../contract/problem.ts';
import { visibleOwnText } from '../text/visible-text.ts';

/** Code of the remark that an audience names what nobody has. */
export const NAMES_NOBODY = 'names-nobody';

type Kind = 'tag' | 'attribute' | 'externalId' | 'endpoint' | 'subscription';

/** Names in one part of an audience that nobody has. */
export interface NobodysNames {
  readonly kind: Kind;
  readonly names: readonly string[];
  /** How many names of this kind the part has. */
  readonly of: number;
  /** Where they stand: in the part itself, in its filter, or in the segment of this name. */
  readonly within: 'part' | 'filter' | { readonly segment: string };
  readonly isLeftOut: boolean;
}

const count = new Intl.NumberFormat('en');
const MAX_NAMED = 5;

const NOUNS: Record<Kind, { one: string; many: string; have: string }> = {
  tag: { one: 'tag', many: 'tags', have: 'nobody has' },
  attribute: { one: 'attribute', many: 'attributes', have: 'nobody has' },
  externalId: { one: 'external ID', many: 'external IDs', have: 'nobody has' },
  endpoint: { one: 'endpoint', many: 'endpoints', have: 'no subscription has' },
  subscription: { one: 'subscription', many: 'subscriptions', have: 'doesn’t exist' },
};

/** Said before the send: whoever should have been left out would get it, and who should have got it would not. */
export function remarkOnNames(found: NobodysNames): Problem {
  return { code: NAMES_NOBODY, cause: causeOf(found), cure: cureOf(found.kind), field: 'audience' };
}

function causeOf({ kind, names, of, within, isLeftOut }: NobodysNames): string {
  const { one, many, have } = NOUNS[kind];
  const listed = listedNames(kind, names);
  if (within !== 'part') {
    const where =
      within === 'filter'
        ? `The filter ${isLeftOut ? 'to leave out' : 'of the audience'}`
        : `The segment “${visibleOwnText(within.segment)}”`;
    return `${where} names the ${names.length === 1 ? one : many} ${listed}, which ${have}.`;
  }
  if (of === 1) {
    const effect = isLeftOut ? 'leaves nobody out' : 'adds nobody';
    return kind === 'subscription'
      ? `There is no subscription ${listed}, so it ${effect}.`
      : `${sentence(have)} the ${one} ${listed}, so it ${effect}.`;
  }
  const which = `${count.format(names.length)} of the ${count.format(of)} ${many} to ${isLeftOut ? 'leave out' : 'send to'}`;
  return kind === 'subscription'
    ? `${which} ${names.length === 1 ? 'does' : 'do'} not exist: ${listed}.`
    : `${sentence(have)} ${which}: ${listed}.`;
}

const cureOf = (kind: Kind): string =>
  kind === 'subscription'
    ? 'Check the numbers, unless these subscriptions were erased.'
    : 'Check the spelling, or take it out.';

/** Those not named are counted. */
function listedNames(kind: Kind, names: readonly string[]): string {
  const shown = names
    .slice(0, MAX_NAMED)
    .map((name) => (kind === 'subscription' ? `#${name}` : `“${visibleOwnText(name)}”`));
  const others = names.length - shown.length;
  return others > 0 ? `${shown.join(', ')} and ${count.format(others)} more` : shown.join(', ');
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
