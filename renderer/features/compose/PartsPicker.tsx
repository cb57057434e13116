import { MultiSelect } from '@mantine/core';
import type { AudiencePart } from '../../../electron/contract/campaign-audience.ts';
import { segmentIdSchema } from '../../../electron/contract/ids.ts';
import { CountedOption } from '../../audience/CountedOption.tsx';
import { filterSays } from '../../audience/filter.ts';
import { useFilterNames, useSegments, useTags } from '../../audience/use-audience.ts';
import { countOf } from '../../format/numbers.ts';

interface PartsPickerProps {
  label: string;
  placeholder: string;
  parts: readonly AudiencePart[];
  onChange: (parts: AudiencePart[]) => void;
}

const SEGMENT = 'segment ';
const TAG = 'tag ';
const OTHER = 'other ';

/** Segments and tags, any number of them, found by typing; a filter or rows that came from Subscriptions are listed among them. */
export function PartsPicker({ label, placeholder, parts, onChange }: PartsPickerProps) {
  const segments = useSegments();
  const tags = useTags();
  const names = useFilterNames(parts.flatMap((part) => (part.kind === 'filter' ? [part.filter] : [])));
  const others = parts.flatMap((part, index) =>
    isOther(part) ? [{ value: `${OTHER}${index}`, label: otherWords(part) }] : [],
  );
  const lost = parts.flatMap((part) =>
    part.kind === 'segment' && !segments.some(({ id }) => id === part.id)
      ? [{ value: SEGMENT + part.id, label: 'Removed segment' }]
      : [],
  );
  const unused = parts.flatMap((part) =>
    part.kind === 'tag' && !tags.some(({ name }) => name === part.tag)
      ? [{ value: TAG + part.tag, label: part.tag }]
      : [],
  );
  function otherWords(part: AudiencePart): string {
    if (part.kind === 'filter') return filterSays(part.filter, names);
    if (part.kind === 'chosen') return countOf(part.ids.length, 'chosen row');
    if (part.kind === 'externalIds') return countOf(part.externalIds.length, 'external ID');
    return part.kind === 'endpoints' ? countOf(part.endpoints.length, 'endpoint') : '';
  }
  const counts = new Map([
    ...segments.map(({ id, activeCount }) => [SEGMENT + id, activeCount] as const),
    ...tags.map(({ name, count }) => [TAG + name, count] as const),
  ]);
  return (
    <MultiSelect
      label={label}
      placeholder={parts.length === 0 ? placeholder : ''}
      searchable
      hidePickedOptions
      limit={100}
      nothingFoundMessage={
        segments.length + tags.length === 0
          ? 'No segments or tags yet. Create them on Subscriptions.'
          : 'No matching segment or tag.'
      }
      data={[
        {
          group: 'Segments',
          items: [...segments.map(({ id, name }) => ({ value: SEGMENT + id, label: name })), ...lost],
        },
        {
          group: 'Tags',
          items: [...tags.map(({ name }) => ({ value: TAG + name, label: name })), ...unused],
        },
        { group: 'From Subscriptions', items: others },
      ]}
      value={parts.map((part, index) => valueOf(part, index))}
      renderOption={({ option }) => <CountedOption text={option.label} count={counts.get(option.value)} />}
      onChange={(values) => {
        onChange(values.flatMap((value) => partOf(value, parts) ?? []));
      }}
    />
  );
}

const isOther = ({ kind }: AudiencePart) => kind !== 'segment' && kind !== 'tag';

function valueOf(part: AudiencePart, index: number): string {
  if (part.kind === 'segment') return SEGMENT + part.id;
  return part.kind === 'tag' ? TAG + part.tag : `${OTHER}${index}`;
}

function partOf(value: string, parts: readonly AudiencePart[]): AudiencePart | undefined {
  if (value.startsWith(SEGMENT))
    return { kind: 'segment', id: segmentIdSchema.parse(Number(value.slice(SEGMENT.length))) };
  if (value.startsWith(TAG)) return { kind: 'tag', tag: value.slice(TAG.length) };
  return parts[Number(value.slice(OTHER.length))];
}
