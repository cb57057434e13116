import { Button } from '@mantine/core';
import { IconFilterOff, IconSearch, IconTrash, IconUsers } from '@tabler/icons-react';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { OpenPageProblem } from '../server/OpenPageProblem.tsx';
import { useOpenSubscribePage } from '../server/use-open-page.ts';
import type { StateView } from './filters.ts';

interface NoSubscriptionsProps {
  view: StateView;
  search: string;
  onClearSearch: () => void;
  /** Whether it asks for anything besides a state. */
  isFiltered: boolean;
  onClearFilters: () => void;
}

/** What is shown instead of rows, and why. */
export function NoSubscriptions(props: NoSubscriptionsProps) {
  const { view, search, onClearSearch, isFiltered, onClearFilters } = props;
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
        <p>
          {isFiltered
            ? 'Nothing that matches the filters'
            : 'No label, external ID, tag, attribute or endpoint'}{' '}
          contains “<bdi>{search.trim()}</bdi>”.
        </p>
      </EmptyState>
    );
  }
  if (isFiltered) {
    return (
      <EmptyState
        icon={IconFilterOff}
        title="Nothing matches"
        actions={
          <Button variant="default" onClick={onClearFilters}>
            Clear filters
          </Button>
        }
      >
        <p>No subscription matches all of these filters.</p>
      </EmptyState>
    );
  }
  if (view === 'bin') {
    return (
      <EmptyState icon={IconTrash} title="The bin is empty">
        <p>Deleted subscriptions stay here until you restore or erase them.</p>
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
  const openPage = useOpenSubscribePage();
  return (
    <EmptyState
      icon={IconUsers}
      title="Nobody has subscribed yet"
      actions={
        <Button
          variant="default"
          loading={openPage.isPending}
          onClick={() => {
            openPage.mutate();
          }}
        >
          Open subscribe page
        </Button>
      }
    >
      <p>
        Open the subscribe page in a browser and press Subscribe: the subscription appears here. Or import the
        ones you have, from whatever you have them in: JSON, a table, a database dump, code, a log.
      </p>
      <OpenPageProblem error={openPage.error} />
    </EmptyState>
  );
}
