import { ActionIcon, Button, Popover, UnstyledButton } from '@mantine/core';
import { IconFilterPlus, IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { PAGE_ATTRIBUTES } from '../../electron/contract/people.ts';
import { attributeLabel } from '../words/attributes.ts';
import { ConditionEditor } from './ConditionEditor.tsx';
import type { EditorProps } from './editor-props.ts';
import { conditionsOf, type Condition, type ConditionKind } from './filter.ts';
import { useFilterNames } from './use-audience.ts';
import './audience.css';

/** What can be asked for, in the order of the menu. */
const KINDS: readonly { kind: ConditionKind; label: string; attribute?: string }[] = [
  { kind: 'tags', label: 'Tag' },
  { kind: 'state', label: 'State' },
  { kind: 'service', label: 'Push service' },
  { kind: 'key', label: 'Key pair' },
  ...PAGE_ATTRIBUTES.map((attribute) => ({
    kind: 'attribute' as const,
    label: attributeLabel(attribute),
    attribute,
  })),
  { kind: 'attribute', label: 'Other attribute' },
  { kind: 'added', label: 'Added' },
  { kind: 'last-result', label: 'Last result' },
  { kind: 'reached', label: 'Never reached' },
  { kind: 'shown', label: 'Shown' },
  { kind: 'clicked', label: 'Clicked' },
  { kind: 'receipts', label: 'Receipts' },
  { kind: 'external-id', label: 'External ID' },
];

/** The conditions of a filter, each to be changed or taken out, and the way to add one. */
export function FilterChips({ filter, onChange }: EditorProps) {
  const names = useFilterNames([filter]);
  const add = useRef<HTMLButtonElement>(null);
  return (
    <div className="pd-chips" role="group" aria-label="Filters">
      {conditionsOf(filter, names).map((condition) => (
        <Chip
          key={condition.id}
          condition={condition}
          filter={filter}
          onChange={onChange}
          onRemove={() => {
            onChange(condition.rest);
            add.current?.focus();
          }}
        />
      ))}
      <AddFilter ref={add} filter={filter} onChange={onChange} />
    </div>
  );
}

function Chip({
  condition: { kind, index = 0, what, says },
  onRemove,
  ...editor
}: EditorProps & { condition: Condition; onRemove: () => void }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <span className="pd-chip">
      <Popover opened={isOpen} onChange={setOpen} position="bottom-start" trapFocus shadow="md" returnFocus>
        <Popover.Target>
          <UnstyledButton
            className="pd-chip__press"
            title={`${what}: ${says}`}
            onClick={() => {
              setOpen(!isOpen);
            }}
          >
            <span className="pd-soft">{what}</span> <bdi className="pd-cut">{says}</bdi>
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown className="pd-condition" aria-label={`Filter by ${what}`}>
          <ConditionEditor kind={kind} index={index} {...editor} />
        </Popover.Dropdown>
      </Popover>
      <ActionIcon size={20} aria-label={`Remove filter ${what}: ${says}`} onClick={onRemove}>
        <IconX size={12} aria-hidden />
      </ActionIcon>
    </span>
  );
}

type Added = (typeof KINDS)[number] & { index: number };

function AddFilter({
  ref,
  filter,
  onChange,
}: EditorProps & { ref: React.RefObject<HTMLButtonElement | null> }) {
  const [isOpen, setOpen] = useState(false);
  const [added, setAdded] = useState<Added | null>(null);
  const turn = (next: boolean) => {
    setOpen(next);
    if (next) setAdded(null);
  };
  return (
    <Popover opened={isOpen} onChange={turn} position="bottom-start" trapFocus shadow="md" returnFocus>
      <Popover.Target>
        <Button
          ref={ref}
          size="xs"
          variant="subtle"
          color="gray"
          className="pd-filters__add"
          title="Add filter"
          leftSection={<IconFilterPlus size={14} aria-hidden />}
          onClick={() => {
            turn(!isOpen);
          }}
        >
          Add filter
        </Button>
      </Popover.Target>
      <Popover.Dropdown
        className={added === null ? 'pd-condition pd-condition--kinds' : 'pd-condition'}
        aria-label={added === null ? 'Add filter' : `Filter by ${added.label}`}
      >
        {added === null ? (
          KINDS.map((kind) => (
            <UnstyledButton
              key={kind.label}
              className="pd-condition__kind"
              onClick={() => {
                setAdded({ ...kind, index: filter.attributes.length });
              }}
            >
              {kind.label}
            </UnstyledButton>
          ))
        ) : (
          <div key={added.label} className="pd-condition__new" ref={focusFirst}>
            <ConditionEditor
              kind={added.kind}
              index={added.index}
              attribute={added.attribute}
              filter={filter}
              onChange={onChange}
            />
          </div>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

/** The kind that was pressed is gone, and the focus with it. */
function focusFirst(editor: HTMLElement | null) {
  const wanted = editor?.querySelector('[data-autofocus]');
  const field = wanted?.matches('input') === true ? wanted : wanted?.querySelector('input');
  const first = field ?? editor?.querySelector('input, button');
  if (first instanceof HTMLElement) first.focus();
}
