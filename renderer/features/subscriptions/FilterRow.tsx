import { Button } from '@mantine/core';
import { useState } from 'react';
import { hasConditions } from '../../audience/filter.ts';
import { FilterChips } from '../../audience/FilterChips.tsx';
import { besideTabs } from './filters.ts';
import { SegmentDialog, type SegmentQuestion } from './SegmentDialog.tsx';
import { useSegmentActs } from './use-segment-acts.ts';
import type { SubscriptionView } from './use-subscription-view.ts';

/** What the list is filtered by, and the way to keep that as a segment. */
export function FilterRow({ view }: { view: SubscriptionView }) {
  const { filter, segment, isChanged } = view;
  const [question, setQuestion] = useState<SegmentQuestion | null>(null);
  const acts = useSegmentActs();
  const isNarrowed = hasConditions(filter) || filter.search.trim() !== '';
  const state = filter.states.length === 1 ? filter.states : [];
  return (
    <>
      <FilterChips
        filter={besideTabs(filter)}
        onChange={(next) => {
          // The state that a tab stands for is not a chip: it stays unless another was chosen.
          view.change({ ...next, states: next.states.length === 0 ? state : next.states });
        }}
      />
      {isNarrowed && (
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          onClick={() => {
            view.choose(null);
          }}
        >
          Clear
        </Button>
      )}
      {segment !== null && isChanged && !filter.inBin && (
        <Button size="xs" variant="subtle" onClick={() => void acts.update(segment, filter)}>
          Update “<bdi>{segment.name}</bdi>”
        </Button>
      )}
      {isNarrowed && (segment === null || isChanged) && !filter.inBin && (
        <Button
          size="xs"
          variant="subtle"
          onClick={() => {
            setQuestion({ kind: 'create', filter: { ...filter, search: filter.search.trim() } });
          }}
        >
          Save as segment
        </Button>
      )}
      <SegmentDialog
        question={question}
        onSaved={view.choose}
        onClose={() => {
          setQuestion(null);
        }}
      />
    </>
  );
}
