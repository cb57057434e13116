import type { Audience, AudiencePart } from '../../../contract/campaign-audience.ts';
import type { Problem } from '../../../contract/problem.ts';
import type { SubscriptionFilter } from '../../../contract/subscriptions.ts';
import { assertNever } from '../../../core/assert-never.ts';
import { remarkOnNames, type NobodysNames } from '../../../core/campaign/nobodys-names.ts';
import { shortEndpoint } from '../../../core/subscription/export-rows.ts';
import type { SubscriptionSelection } from '../subscriptions/subscription-selection-service.ts';
import type { SegmentRow, Segments } from './segment-service.ts';

type Found = Pick<NobodysNames, 'kind' | 'names' | 'of'>;
type FoundWithin = Found & Pick<NobodysNames, 'within'>;

/** What the parts of an audience name that nobody has, each said once. A segment that is gone is none of them: it is refused. */
export function remarksOnAudience(
  audience: Audience,
  { nobodys, segments }: { nobodys: SubscriptionSelection['nobodys']; segments: Pick<Segments, 'find'> },
): Problem[] {
  const inFilter = (filter: SubscriptionFilter): Found[] => {
    const tags = [...new Set([...filter.tagsAnyOf, ...filter.tagsAllOf, ...filter.tagsNoneOf])];
    const { attributes, externalIds } = filter;
    return [
      { kind: 'tag', names: nobodys.tags(tags), of: tags.length },
      { kind: 'attribute', names: nobodys.attributes(attributes), of: attributes.length },
      { kind: 'externalId', names: nobodys.externalIds(externalIds), of: externalIds.length },
    ];
  };
  const inSegment = (id: SegmentRow['id']): FoundWithin[] => {
    const row = segments.find(id);
    if (row === null) return [];
    return inFilter(row.filter).map((found) => ({ ...found, within: { segment: row.name } }));
  };
  const inPart = (part: AudiencePart): FoundWithin[] => {
    const within = 'part';
    switch (part.kind) {
      case 'segment':
        return inSegment(part.id);
      case 'filter':
        return inFilter(part.filter).map((found) => ({ ...found, within: 'filter' }));
      case 'tag':
        return [{ kind: 'tag', names: nobodys.tags([part.tag]), of: 1, within }];
      case 'externalIds': {
        const { externalIds } = part;
        return [
          { kind: 'externalId', names: nobodys.externalIds(externalIds), of: externalIds.length, within },
        ];
      }
      case 'endpoints': {
        const names = nobodys.endpoints(part.endpoints).map(shortEndpoint);
        return [{ kind: 'endpoint', names, of: part.endpoints.length, within }];
      }
      case 'chosen':
        return [
          { kind: 'subscription', names: nobodys.ids(part.ids).map(String), of: part.ids.length, within },
        ];
      default:
        return assertNever(part);
    }
  };
  const remarksOn = (parts: readonly AudiencePart[], isLeftOut: boolean) =>
    parts
      .flatMap(inPart)
      .filter(({ names }) => names.length > 0)
      .map((found) => remarkOnNames({ ...found, isLeftOut }));
  const all = [...remarksOn(partsOf(audience), false), ...remarksOn(audience.leaveOut ?? [], true)];
  return [...new Map(all.map((remark) => [remark.cause, remark])).values()];
}

/** Whom it is for, before anyone is left out; everyone is no part. */
export function partsOf(audience: Audience): readonly AudiencePart[] {
  switch (audience.kind) {
    case 'everyone':
      return [];
    case 'chosen':
      return [{ kind: 'chosen', ids: audience.ids }];
    case 'matching':
      return audience.anyOf;
    default:
      return assertNever(audience);
  }
}
