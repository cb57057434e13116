import type { KeptAudience, KeptAudiencePart } from '../../../electron/contract/campaign-audience.ts';
import { filterSays, type FilterNames } from '../../audience/filter.ts';
import type { MessageFact } from './message-facts.ts';

/** Whom a campaign meant when it started: in one line, then what of it nobody had, and what its segments asked for at that time. */
export function audienceFacts(
  { text, anyOf, leaveOut, remarks }: KeptAudience,
  names: FilterNames,
): MessageFact[] {
  const meant = (part: KeptAudiencePart): MessageFact[] =>
    part.kind === 'segment'
      ? [{ name: `Segment ${part.name}`, value: filterSays(part.filter, names), isAddress: false }]
      : [];
  const facts = [
    { name: 'Audience', value: text, isAddress: false },
    ...(remarks.length === 0 ? [] : [{ name: 'Remark', value: remarks.join(' '), isAddress: false }]),
    ...[...anyOf, ...leaveOut].flatMap(meant),
  ];
  return [...new Map(facts.map((fact) => [fact.name, fact])).values()];
}
