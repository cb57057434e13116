import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { visibleOwnText } from '../../electron/core/text/visible-text.ts';
import { useQueries } from '../api/ApiProvider.tsx';
import { countOf } from '../format/numbers.ts';
import { campaignsPath } from '../navigation/paths.ts';
import { Notice } from '../ui/Notice.tsx';

/** Says on every screen that a scheduled campaign missed its time, and leads to where that is decided. */
export function ScheduleTrouble() {
  const { data = [] } = useQuery(useQueries().campaigns.scheduled.queryOptions());
  const [path, navigate] = useLocation();
  const asking = data.filter(({ schedule }) => (schedule?.asks ?? null) !== null);
  const [first] = asking;
  const tab = campaignsPath('scheduled');
  if (first === undefined || path === tab) return null;
  const others = asking.length - 1;
  return (
    <Notice
      tone="warn"
      role="status"
      cause={
        <>
          “<bdi>{visibleOwnText(first.message.title)}</bdi>”
          {others > 0 && ` and ${countOf(others, 'other campaign')}`} did not start on time. Nothing was sent.
        </>
      }
      cure="Send it now, move it to another time, or cancel it."
      actions={
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            navigate(tab);
          }}
        >
          Decide
        </Button>
      }
    />
  );
}
