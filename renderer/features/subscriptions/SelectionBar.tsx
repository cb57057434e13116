import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { IconChevronDown, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { SegmentId, SubscriptionId } from '../../../electron/contract/ids.ts';
import { useIsRemote } from '../../api/ApiProvider.tsx';
import { formatCount } from '../../format/numbers.ts';
import type { Selection } from '../../ui/table/use-selection.ts';
import { ActDialog, type AskingAct } from './ActDialogs.tsx';
import { EraseForGood } from './EraseForGood.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import type { Chosen } from './target.ts';
import { MAX_COPIED, type SubscriptionActs } from './use-subscription-acts.ts';
import './selection.css';

interface SelectionBarProps {
  selection: Selection<SubscriptionId>;
  chosen: Chosen | null;
  /** How many rows match; often fewer are loaded. */
  matching: number | undefined;
  /** There are rows that are not loaded: the box over the rows does not take them. */
  hasMore: boolean;
  isBin: boolean;
  /** Everything in the bin is chosen, nothing less. */
  isWholeBin: boolean;
  /** The segment that is listed unchanged. */
  segmentId: SegmentId | null;
  acts: SubscriptionActs;
}

/** What can be done with the selected rows; lies over the table, so that nothing jumps. */
export function SelectionBar(props: SelectionBarProps) {
  const { selection, chosen, matching, hasMore, isBin, isWholeBin, segmentId, acts } = props;
  const [asking, setAsking] = useState<AskingAct | null>(null);
  const isRemote = useIsRemote();
  const [isExporting, setExporting] = useState(false);
  const ids = chosen !== null && 'ids' in chosen.target ? chosen.target.ids : null;
  return (
    <>
      {chosen !== null && (
        <div className="pd-selection" role="toolbar" aria-label="Selected rows">
          <span className="pd-selection__count pd-figures" role="status">
            {matching !== undefined && matching > chosen.count
              ? `${formatCount(chosen.count)} of ${formatCount(matching)} selected`
              : `${formatCount(chosen.count)} selected`}
          </span>
          {hasMore && matching !== undefined && matching > chosen.count && (
            <Button size="xs" variant="subtle" className="pd-selection__all" onClick={selection.setAll}>
              Select all {formatCount(matching)} matching
            </Button>
          )}
          <div className="pd-selection__acts">
            {isBin ? (
              <Button
                size="xs"
                onClick={() => {
                  acts.restore(chosen);
                }}
              >
                Restore
              </Button>
            ) : (
              <>
                <Button
                  size="xs"
                  onClick={() => {
                    acts.sendTo(chosen, segmentId);
                  }}
                >
                  Send to selected
                </Button>
                <TagMenu onAsk={setAsking} />
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => {
                    setAsking('set-key');
                  }}
                >
                  Set key
                </Button>
              </>
            )}
            {!isRemote && (
              <Button
                size="xs"
                variant="default"
                onClick={() => {
                  setExporting(true);
                }}
              >
                Export
              </Button>
            )}
            {ids !== null && ids.length <= MAX_COPIED && (
              <Button
                size="xs"
                variant="default"
                onClick={() => {
                  acts.copyJson(ids);
                }}
              >
                Copy as JSON
              </Button>
            )}
            {!isBin && (
              <Button
                size="xs"
                variant="default"
                onClick={() => {
                  acts.bin(chosen);
                }}
              >
                Delete
              </Button>
            )}
            {isBin && <EraseForGood whose={isWholeBin ? null : whoseOf(chosen)} onErased={acts.done} />}
            <Tooltip label="Clear selection">
              <ActionIcon aria-label="Clear selection" onClick={selection.clear}>
                <IconX size={16} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </div>
        </div>
      )}
      <ActDialog
        kind={chosen === null ? null : asking}
        chosen={chosen}
        onClose={() => {
          setAsking(null);
        }}
        onAct={(act) => {
          if (chosen !== null) void acts.change(chosen, act);
        }}
      />
      <ExportDialog
        chosen={isExporting ? chosen : null}
        onClose={() => {
          setExporting(false);
        }}
      />
    </>
  );
}

const whoseOf = ({ target, count }: Chosen) => ('ids' in target ? target.ids : { target, count });

function TagMenu({ onAsk }: { onAsk: (kind: AskingAct) => void }) {
  const items: readonly [AskingAct, string][] = [
    ['tag', 'Add tags…'],
    ['untag', 'Remove tags…'],
    ['label', 'Set label…'],
  ];
  return (
    <Menu position="top-start">
      <Menu.Target>
        <Button size="xs" variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
          Tag
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map(([kind, label]) => (
          <Menu.Item
            key={kind}
            onClick={() => {
              onAsk(kind);
            }}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
