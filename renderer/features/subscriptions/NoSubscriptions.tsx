import { Button } from '@mantine/core';
import { IconSearch, IconTrash, IconUsers } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useQueries } from '../../api/ApiProvider.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { OpenPageProblem } from '../server/OpenPageProblem.tsx';
import type { SubscriptionView } from './filters.ts';

interface NoSubscriptionsProps {
  view: SubscriptionView;
  search: string;
  onClearSearch: () => void;
}

/** What stands there instead of rows, and why. */
export function NoSubscriptions({ view, search, onClearSearch }: NoSubscriptionsProps) {
  if (search.trim() !== '') {
    return (
      <EmptyState
        icon={IconSearch}
        title="Nothing found"
        actions={
          <Button variant="default" onClick={onClearSearch}>
            Clear search
          </Button>
        }
      >
        <p>No label or endpoint contains “{search.trim()}”.</p>
      </EmptyState>
    );
  }
  if (view === 'bin') {
    return (
      <EmptyState icon={IconTrash} title="The bin is empty">
        <p>Deleted subscriptions are kept here until you restore or erase them.</p>
      </EmptyState>
    );
  }
  if (view !== 'all') {
    return (
      <EmptyState icon={IconUsers} title="No subscriptions">
        <p>No subscription is in this state.</p>
      </EmptyState>
    );
  }
  return <NobodyYet />;
}

function NobodyYet() {
  const openPage = useMutation(useQueries().server.openSubscribePage.mutationOptions());
  return (
    <EmptyState
      icon={IconUsers}
      title="Nobody has subscribed yet"
      actions={
        <Button
          variant="default"
          loading={openPage.isPending}
          onClick={() => {
            openPage.mutate(undefined);
          }}
        >
          Open subscribe page
        </Button>
      }
    >
      <p>
        Open the subscribe page in a browser and press Subscribe: the subscription appears here. Or import the
        ones you have: a single subscription, a JSON array, or a file with one per line.
      </p>
      <OpenPageProblem error={openPage.error} />
    </EmptyState>
  );
}
