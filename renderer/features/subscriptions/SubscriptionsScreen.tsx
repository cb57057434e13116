import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { SubscriptionId } from '../../../electron/contract/ids.ts';
import { SCREENS } from '../../app/screens.ts';
import { useAsked } from '../../app/use-asked.ts';
import { shortenEndpoint } from '../../format/shorten.ts';
import { FilterTabs } from '../../ui/FilterTabs.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { useSelection } from '../../ui/table/use-selection.ts';
import { viewTabs, type SubscriptionView } from './filters.ts';
import { EraseForGood } from './EraseForGood.tsx';
import { ImportDialog } from './import/ImportDialog.tsx';
import { NoSubscriptions } from './NoSubscriptions.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { SUBSCRIPTION_COLUMNS } from './SubscriptionColumns.tsx';
import { SubscriptionPanel } from './SubscriptionPanel.tsx';
import { useSubscriptionActs } from './use-subscription-acts.ts';
import { useSubscriptionList } from './use-subscription-list.ts';

const SEARCH_AFTER_MS = 150;

export function SubscriptionsScreen() {
  const [view, setView] = useState<SubscriptionView>('all');
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search, SEARCH_AFTER_MS);
  const { list, loadMore, counts } = useSubscriptionList(view, asked);
  const [openId, setOpenId] = useState<SubscriptionId | null>(null);
  const [isImporting, setImporting] = useState(useAsked('import'));
  const ids = (list.data ?? []).map(({ id }) => id);
  const selection = useSelection(ids);
  const acts = useSubscriptionActs(() => {
    selection.clear();
    setOpenId(null);
  });
  const open = list.data?.find(({ id }) => id === openId);
  const searchBox = useRef<HTMLInputElement>(null);
  const selected = [...selection.selected];

  const keys: Parameters<typeof useHotkeys>[0] = [
    [
      'mod+A',
      () => {
        selection.set(ids);
      },
    ],
    [
      'Delete',
      () => {
        if (selected.length > 0 && view !== 'bin') acts.remove(selected);
      },
    ],
    ['Escape', selection.clear],
  ];
  useHotkeys(keys);
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
              selection.clear();
              setOpenId(null);
              setView(next);
            }}
          />
          {view === 'bin' && counts && counts.inBin > 0 && <EraseForGood ids={null} onErased={acts.done} />}
          <TextInput
            ref={searchBox}
            className="pd-subscriptions__search"
            aria-label="Search subscriptions"
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
              key={view}
              label="Subscriptions"
              columns={SUBSCRIPTION_COLUMNS}
              rows={rows}
              idOf={({ id }) => id}
              nameOf={({ label, endpoint }) => label ?? shortenEndpoint(endpoint)}
              openId={openId}
              onOpen={({ id }) => {
                setOpenId(id);
              }}
              selection={selection}
              onNearEnd={loadMore}
              {...(counts ? { totalCount: counts.matching } : {})}
            />
          )
        }
      </Loaded>
      <SelectionBar selection={selection} isBin={view === 'bin'} acts={acts} />
      <ImportDialog
        opened={isImporting}
        onClose={() => {
          setImporting(false);
        }}
      />
    </Page>
  );
}
