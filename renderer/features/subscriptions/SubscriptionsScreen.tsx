import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue, useHotkeys, useMediaQuery } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useRef, useState, type RefObject } from 'react';
import type { SubscriptionId } from '../../../electron/contract/ids.ts';
import { formatCount } from '../../format/numbers.ts';
import { SCREENS } from '../../navigation/screens.ts';
import { useAsked } from '../../navigation/use-asked.ts';
import { FilterTabs } from '../../ui/FilterTabs.tsx';
import { useKeptNote } from '../../ui/kept.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import type { PanelHandle } from '../../ui/SidePanel.tsx';
import { TEXT_DIRECTION } from '../../ui/text-direction.ts';
import { DataTable, type TableHandle } from '../../ui/table/DataTable.tsx';
import { useListKeys } from '../../ui/table/use-list-keys.ts';
import { useSelection } from '../../ui/table/use-selection.ts';
import { useIsDocked } from '../../ui/use-panel-width.ts';
import { useViewChoice } from '../../ui/view-choice.ts';
import { nameOfSubscription } from '../../words/subscription-name.ts';
import { hasConditions } from '../../audience/filter.ts';
import { ColumnMenu } from './ColumnMenu.tsx';
import { EraseForGood } from './EraseForGood.tsx';
import { besideTabs, filterAt, stateViewOf, viewTabs } from './filters.ts';
import { FilterRow } from './FilterRow.tsx';
import { ImportDialog } from './import/ImportDialog.tsx';
import { NoSubscriptions } from './NoSubscriptions.tsx';
import { RunningActs } from './RunningActs.tsx';
import { SegmentButton, SegmentRail, useHasRail } from './SegmentRail.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { chosenColumns, columnsOf } from './SubscriptionColumns.tsx';
import { SubscriptionPanel } from './SubscriptionPanel.tsx';
import { chosenOf } from './target.ts';
import { useOpenSubscription, useSubscription } from './use-open-subscription.ts';
import { useSubscriptionActs } from './use-subscription-acts.ts';
import { useSubscriptionList } from './use-subscription-list.ts';
import { useSubscriptionView } from './use-subscription-view.ts';

const SEARCH_AFTER_MS = 150;

export function SubscriptionsScreen() {
  const view = useSubscriptionView();
  // Only typing is delayed: another filter is asked for at once.
  const [search] = useDebouncedValue(view.filter.search, SEARCH_AFTER_MS);
  const filter = { ...view.filter, search: search.trim() };
  const stateView = stateViewOf(filter);
  const { list, more, counts, loaded } = useSubscriptionList(filter, view.order);
  const [columns, setColumns] = useViewChoice('subscription-columns', chosenColumns);
  const [isImporting, setImporting] = useState(useAsked('import'));
  const ids = (list.data ?? []).map(({ id }) => id);
  // Named by what is typed: while a search has not been asked yet, rows that are about to leave the view must not stay chosen.
  const typed = { ...view.filter, search: view.filter.search.trim() };
  const selection = useSelection(
    ids,
    JSON.stringify([typed, view.order]),
    'subscriptions',
    (loaded ?? []).map(({ id }) => id),
  );
  const matching = counts?.matching;
  const chosen = chosenOf(selection, { filter: typed, matching });
  const place = useKeptNote('scroll of subscriptions', { list: '', offset: 0 });
  const listName = JSON.stringify([filter, view.order]);
  const panelRef = useRef<PanelHandle>(null);
  const table = useRef<TableHandle>(null);
  const panel = usePanel(list.data, panelRef, table);
  const acts = useSubscriptionActs(() => {
    selection.clear();
    panel.close();
  });
  const searchBox = useRef<HTMLInputElement>(null);
  const hasRail = useHasRail();
  const isDocked = useIsDocked();
  // With both beside it, the list would be squeezed.
  const isSnug = useMediaQuery('(max-width: 1439px)', undefined, { getInitialValueInEffect: false });
  const isRailShown = hasRail && isDocked && !(isSnug && panel.row !== undefined);

  useListKeys({
    selectAll: () => {
      if (more.hasMore) selection.setAll();
      else selection.set(ids);
    },
    remove: () => {
      if (chosen !== null && !filter.inBin) acts.bin(chosen);
    },
    clear: () => {
      if (chosen === null) panel.close();
      else selection.clear();
    },
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
      notices={<RunningActs />}
      rail={isRailShown && <SegmentRail view={view} />}
      toolbar={
        <>
          <FilterTabs
            label="Subscriptions by state"
            tabs={viewTabs(counts, stateView)}
            value={stateView}
            onChange={(next) => {
              panel.leaveFor(() => {
                panel.close();
                view.change(filterAt(next, view.filter));
              });
            }}
          />
          {filter.inBin && counts && counts.inBin > 0 && <EraseForGood whose={null} onErased={acts.done} />}
          <div className="pd-filters">
            <div className="pd-filters__asked">
              {hasRail && !isRailShown && <SegmentButton view={view} />}
              <TextInput
                ref={searchBox}
                className="pd-subscriptions__search"
                aria-label="Search subscriptions"
                {...TEXT_DIRECTION}
                placeholder="Search people and endpoints"
                leftSection={<IconSearch size={15} aria-hidden />}
                spellCheck={false}
                maxLength={500}
                value={view.filter.search}
                onChange={(event) => {
                  view.change({ ...view.filter, search: event.currentTarget.value });
                }}
                onKeyDown={(event) => {
                  if (event.key === 'Escape') view.change({ ...view.filter, search: '' });
                }}
              />
              <FilterRow view={view} />
            </div>
            <span className="pd-filters__matching pd-figures" role="status">
              {matching !== undefined && `${formatCount(matching)} ${matching === 1 ? 'matches' : 'match'}`}
            </span>
            <ColumnMenu chosen={columns} onChange={setColumns} />
          </div>
        </>
      }
      panel={
        panel.row && (
          <SubscriptionPanel
            ref={panelRef}
            row={panel.row}
            acts={acts}
            takesFocus={panel.takesFocus}
            onWalk={isDocked ? panel.walk : undefined}
            onClose={panel.close}
          />
        )
      }
    >
      <Loaded of={list}>
        {(rows) =>
          rows.length === 0 ? (
            <NoSubscriptions
              view={stateView}
              search={search}
              isFiltered={hasConditions(besideTabs(filter))}
              onClearFilters={() => {
                view.choose(null);
              }}
              onClearSearch={() => {
                view.change({ ...view.filter, search: '' });
                searchBox.current?.focus();
              }}
            />
          ) : (
            <DataTable
              ref={table}
              key={listName}
              label="Subscriptions"
              columns={columnsOf(columns, view)}
              rows={rows}
              idOf={({ id }) => id}
              nameOf={nameOfSubscription}
              openId={panel.openId}
              onOpen={(row, by) => {
                panel.show(row.id, by === 'key');
              }}
              onWalk={({ id }) => {
                if (isDocked && panel.openId !== null) panel.show(id, false);
              }}
              scroll={{
                read: () => (place.read().list === listName ? place.read().offset : 0),
                write: (offset) => {
                  place.write({ list: listName, offset });
                },
              }}
              selection={selection}
              more={{ ...more, turn: view.turnOrder }}
              {...(matching === undefined ? {} : { totalCount: matching })}
            />
          )
        }
      </Loaded>
      <SelectionBar
        selection={selection}
        chosen={chosen}
        matching={matching}
        hasMore={more.hasMore}
        isBin={filter.inBin}
        isWholeBin={selection.isAll && selection.except.size === 0 && !hasConditions(filter) && search === ''}
        segmentId={view.segment !== null && !view.isChanged ? view.segment.id : null}
        acts={acts}
      />
      <ImportDialog
        opened={isImporting}
        onClose={() => {
          setImporting(false);
        }}
      />
    </Page>
  );
}

/** The row whose details are open beside the list; what is typed into them is not left without a question. */
function usePanel(
  rows: Parameters<typeof useSubscription>[1],
  ref: RefObject<PanelHandle | null>,
  table: RefObject<TableHandle | null>,
) {
  const [openId, setOpenId] = useOpenSubscription();
  const [takesFocus, setTakesFocus] = useState(true);
  const isDocked = useIsDocked();
  const leaveFor = (next: () => void) => {
    if (ref.current === null) next();
    else ref.current.leaveFor(next);
  };
  return {
    openId,
    row: useSubscription(openId, rows),
    /** Where the panel lies over the list, there is no list beside it to walk. */
    takesFocus: takesFocus || !isDocked,
    leaveFor,
    close: () => {
      setOpenId(null);
    },
    walk: (key: string) => table.current?.walk(key),
    show: (id: SubscriptionId, byKey: boolean) => {
      if (id === openId) {
        if (byKey) ref.current?.focus();
        return;
      }
      leaveFor(() => {
        setTakesFocus(byKey);
        setOpenId(id);
        if (byKey) ref.current?.focus();
      });
    },
  };
}
