import { ActionIcon, Button, Menu, Popover } from '@mantine/core';
import { IconDots, IconUsersGroup } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { Segment } from '../../../electron/contract/audience.ts';
import { filterSays, isSameFilter, EMPTY_FILTER } from '../../audience/filter.ts';
import { useFilterNames, useSegments, useTags } from '../../audience/use-audience.ts';
import { formatCount } from '../../format/numbers.ts';
import { SegmentDialog, type SegmentQuestion } from './SegmentDialog.tsx';
import { TagsDialog } from './TagsDialog.tsx';
import { useSegmentActs } from './use-segment-acts.ts';
import type { SubscriptionView } from './use-subscription-view.ts';
import './rail.css';

/** Tags that the rail shows; the others are found in the dialog. */
const MAX_TAGS = 12;

/** What a press in the rail asks for. */
type Asking = SegmentQuestion | { kind: 'tags' };

interface ListsProps {
  view: SubscriptionView;
  /** Something was chosen. */
  onChosen: () => void;
  onAsk: (asking: Asking) => void;
}

/** Whether there is anything that a rail could hold. */
export function useHasRail(): boolean {
  const [segments, tags] = [useSegments(), useTags()];
  return segments.length + tags.length > 0;
}

/** Segments and tags with their counts. */
function Lists({ view, onChosen, onAsk }: ListsProps) {
  const segments = useSegments();
  const tags = useTags();
  const names = useFilterNames(segments.map(({ filter }) => filter));
  const acts = useSegmentActs();
  const most = tags.toSorted((one, other) => other.count - one.count).slice(0, MAX_TAGS);
  const shownTags = tags.filter((tag) => most.includes(tag));
  const chosenTag = onlyTagOf(view);
  return (
    <nav className="pd-rail" aria-label="Segments and tags">
      <h2 className="pd-rail__title">Segments</h2>
      {segments.length === 0 && (
        <p className="pd-rail__hint pd-soft">Save a filter as a segment to keep it here, with its count.</p>
      )}
      <ul className="pd-rail__list">
        {segments.map((segment) => (
          <li
            key={segment.id}
            className="pd-rail__item"
            data-chosen={view.segment?.id === segment.id || undefined}
          >
            <button
              type="button"
              className="pd-rail__press"
              aria-pressed={view.segment?.id === segment.id}
              title={filterSays(segment.filter, names)}
              onClick={() => {
                view.choose(view.segment?.id === segment.id && !view.isChanged ? null : segment);
                onChosen();
              }}
            >
              <bdi className="pd-rail__name pd-cut">{segment.name}</bdi>{' '}
              <span className="pd-soft pd-figures">{formatCount(segment.count)}</span>
            </button>
            <SegmentMenu
              segment={segment}
              canUpdate={!isSameFilter(view.filter, segment.filter) && !view.filter.inBin}
              onRename={() => {
                onAsk({ kind: 'rename', segment });
              }}
              onUpdate={() => void acts.update(segment, view.filter)}
              onRemove={() => void acts.remove(segment)}
            />
          </li>
        ))}
      </ul>
      {tags.length > 0 && (
        <>
          <h2 className="pd-rail__title">Tags</h2>
          <ul className="pd-rail__list">
            {shownTags.map(({ name, count }) => (
              <li key={name} className="pd-rail__item" data-chosen={chosenTag === name || undefined}>
                <button
                  type="button"
                  className="pd-rail__press"
                  aria-pressed={chosenTag === name}
                  onClick={() => {
                    if (chosenTag === name) view.choose(null);
                    else view.begin({ tagsAnyOf: [name] });
                    onChosen();
                  }}
                >
                  <bdi className="pd-rail__name pd-cut">{name}</bdi>{' '}
                  <span className="pd-soft pd-figures">{formatCount(count)}</span>
                </button>
              </li>
            ))}
          </ul>
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            className="pd-rail__more"
            onClick={() => {
              onAsk({ kind: 'tags' });
            }}
          >
            {tags.length > MAX_TAGS ? `All ${formatCount(tags.length)} tags…` : 'Manage tags…'}
          </Button>
        </>
      )}
    </nav>
  );
}

/** The tag that is the only thing the filter asks for; `null`: it asks for something else. */
function onlyTagOf({ filter }: SubscriptionView): string | null {
  const [tag, ...others] = filter.tagsAnyOf;
  if (tag === undefined || others.length > 0) return null;
  return isSameFilter(filter, { ...EMPTY_FILTER, tagsAnyOf: [tag] }) ? tag : null;
}

interface SegmentMenuProps {
  segment: Segment;
  canUpdate: boolean;
  onRename: () => void;
  onUpdate: () => void;
  onRemove: () => void;
}

function SegmentMenu({ segment, canUpdate, onRename, onUpdate, onRemove }: SegmentMenuProps) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <ActionIcon size={22} className="pd-rail__menu" aria-label={`Actions for ${segment.name}`}>
          <IconDots size={14} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onRename}>Rename…</Menu.Item>
        <Menu.Item disabled={!canUpdate} onClick={onUpdate}>
          Update to the filter in view
        </Menu.Item>
        <Menu.Item color="red" onClick={onRemove}>
          Remove segment
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Dialogs are rendered beside the lists, not in them: a dropdown is gone once one opens. */
function Dialogs({
  view,
  asking,
  onClose,
}: {
  view: SubscriptionView;
  asking: Asking | null;
  onClose: () => void;
}) {
  return (
    <>
      <SegmentDialog question={asking?.kind === 'tags' ? null : asking} onClose={onClose} />
      <TagsDialog
        opened={asking?.kind === 'tags'}
        onShow={(tag) => {
          onClose();
          view.begin({ tagsAnyOf: [tag] });
        }}
        onClose={onClose}
      />
    </>
  );
}

/** What the lists ask about, and how to ask it. */
function useDialogs(view: SubscriptionView): [ask: (asking: Asking) => void, dialogs: ReactNode] {
  const [asking, setAsking] = useState<Asking | null>(null);
  const close = () => {
    setAsking(null);
  };
  return [setAsking, <Dialogs key="dialogs" view={view} asking={asking} onClose={close} />];
}

/** Segments and tags at the left of the list. */
export function SegmentRail({ view }: { view: SubscriptionView }) {
  const [ask, dialogs] = useDialogs(view);
  return (
    <>
      <Lists view={view} onChosen={() => undefined} onAsk={ask} />
      {dialogs}
    </>
  );
}

/** The same where the window is too narrow for a rail. */
export function SegmentButton({ view }: { view: SubscriptionView }) {
  const [isOpen, setOpen] = useState(false);
  const [ask, dialogs] = useDialogs(view);
  const only = onlyTagOf(view);
  return (
    <>
      <Popover opened={isOpen} onChange={setOpen} position="bottom-start" shadow="md" trapFocus returnFocus>
        <Popover.Target>
          <Button
            size="xs"
            variant="default"
            className="pd-rail__open"
            title={view.segment?.name ?? only ?? 'Segments'}
            leftSection={<IconUsersGroup size={14} aria-hidden />}
            onClick={() => {
              setOpen(!isOpen);
            }}
          >
            <bdi className="pd-cut">{view.segment?.name ?? only ?? 'Segments'}</bdi>
          </Button>
        </Popover.Target>
        <Popover.Dropdown className="pd-rail__popover" aria-label="Segments and tags">
          <Lists
            view={view}
            onChosen={() => {
              setOpen(false);
            }}
            onAsk={(next) => {
              setOpen(false);
              ask(next);
            }}
          />
        </Popover.Dropdown>
      </Popover>
      {dialogs}
    </>
  );
}
