import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { SCREENS } from '../../navigation/screens.ts';
import { useAsked } from '../../navigation/use-asked.ts';
import { FilterTabs } from '../../ui/FilterTabs.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import { TEXT_DIRECTION } from '../../ui/text-direction.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { useListKeys } from '../../ui/table/use-list-keys.ts';
import { useSelection } from '../../ui/table/use-selection.ts';
import { nameOfSubscription } from '../../words/subscription-name.ts';
import { viewTabs, type SubscriptionView } from './filters.ts';
import { EraseForGood } from './EraseForGood.tsx';
import { ImportDialog } from './import/ImportDialog.tsx';
import { NoSubscriptions } from './NoSubscriptions.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { SUBSCRIPTION_COLUMNS } from './SubscriptionColumns.tsx';
import { SubscriptionPanel } from './SubscriptionPanel.tsx';
import { useOpenSubscription, useSubscription } from './use-open-subscription.ts';
import { useSubscriptionActs } from './use-subscription-acts.ts';
import { useSubscriptionList } from './use-subscription-list.ts';

const SEARCH_AFTER_MS = 150;

export function SubscriptionsScreen() {
  const [view, setView] = useState<SubscriptionView>('all');
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search, SEARCH_AFTER_MS);
  const { list, more, counts } = useSubscriptionList(view, asked);
  const [openId, setOpenId] = useOpenSubscription();
  const [isImporting, setImporting] = useState(useAsked('import'));
  const ids = (list.data ?? []).map(({ id }) => id);
  const listName = `${view} ${asked.trim()}`;
  // By what is typed: a search that is not asked yet must not leave armed what is about to leave the view.
  const selection = useSelection(ids, `${view} ${search.trim()}`, 'subscriptions');
  const acts = useSubscriptionActs(() => {
    selection.clear();
    setOpenId(null);
  });
  const open = useSubscription(openId, list.data);
  const searchBox = useRef<HTMLInputElement>(null);
  const selected = [...selection.selected];

  useListKeys({
    selectAll: () => {
      selection.set(ids);
    },
    remove: () => {
      if (selected.length > 0 && view !== 'bin') acts.remove(selected);
    },
    clear: selection.clear,
  });
  useHotkeys([['mod+F', () => searchBox.current?.focus()]], []);

  return (
    <Page
      title={SCREENS.subscriptions.name}
      purpose={SCREENS.subscriptions.purpose}
      layout="fill"
      actions={
        <Button
          onClick={() => {
            setImporting(true);
          }}
        >
          Import
        </Button>
      }
      toolbar={
        <>
          <FilterTabs
            label="Subscriptions by state"
            tabs={viewTabs(counts, view)}
            value={view}
            onChange={(next) => {
              setOpenId(null);
              setView(next);
            }}
          />
          {view === 'bin' && counts && counts.inBin > 0 && <EraseForGood ids={null} onErased={acts.done} />}
          <TextInput
            ref={searchBox}
            className="pd-subscriptions__search"
            aria-label="Search subscriptions"
            {...TEXT_DIRECTION}
            placeholder="Search endpoint or label"
            leftSection={<IconSearch size={15} aria-hidden />}
            spellCheck={false}
            value={search}
            onChange={(event) => {
              setSearch(event.currentTarget.value);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setSearch('');
            }}
          />
        </>
      }
      panel={
        open && (
          <SubscriptionPanel
            key={open.id}
            row={open}
            acts={acts}
            onClose={() => {
              setOpenId(null);
            }}
          />
        )
      }
    >
      <Loaded of={list}>
        {(rows) =>
          rows.length === 0 ? (
            <NoSubscriptions
              view={view}
              search={asked}
              onClearSearch={() => {
                setSearch('');
                searchBox.current?.focus();
              }}
            />
          ) : (
            <DataTable
              key={listName}
              label="Subscriptions"
              columns={SUBSCRIPTION_COLUMNS}
              rows={rows}
              idOf={({ id }) => id}
              nameOf={nameOfSubscription}
              openId={openId}
              onOpen={({ id }) => {
                setOpenId(id);
              }}
              selection={selection}
              more={more}
              {...(counts ? { totalCount: counts.matching } : {})}
            />
          )
        }
      </Loaded>
      <SelectionBar selection={selection} matching={counts?.matching} isBin={view === 'bin'} acts={acts} />
      <ImportDialog
        opened={isImporting}
        onClose={() => {
          setImporting(false);
        }}
      />
    </Page>
  );
}
