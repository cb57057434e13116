import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { useAttributes } from '../../audience/use-audience.ts';
import { columnChoices } from './SubscriptionColumns.tsx';

/** Attributes that a menu has room for. */
const MOST = 20;

interface ColumnMenuProps {
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** Which columns the table has. */
export function ColumnMenu({ chosen, onChange }: ColumnMenuProps) {
  const attributes = useAttributes()
    .toSorted((one, other) => other.count - one.count)
    .slice(0, MOST)
    .map(({ name }) => name);
  return (
    <Menu closeOnItemClick={false} position="bottom-end">
      <Menu.Target>
        <Tooltip label="Columns">
          <ActionIcon aria-label="Columns" size={28}>
            <IconColumns3 size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown className="pd-columns">
        {columnChoices(attributes).map(({ id, header }) => {
          const isShown = chosen.includes(id);
          return (
            <Menu.CheckboxItem
              key={id}
              checked={isShown}
              onChange={() => {
                onChange(isShown ? chosen.filter((one) => one !== id) : [...chosen, id]);
              }}
            >
              <bdi>{header}</bdi>
            </Menu.CheckboxItem>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
