import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatCount } from '../../format/numbers.ts';
import type { useExport } from './use-export.ts';

interface ExportMenuProps {
  exporting: ReturnType<typeof useExport>;
  children: ReactNode;
}

/** What can be saved as a file; while one is written, the way to stop it. */
export function ExportMenu({ exporting, children }: ExportMenuProps) {
  if (!exporting.canSave) return null;
  if (exporting.rows !== null)
    return (
      <Button variant="default" className="pd-figures" onClick={exporting.stop}>
        Stop export ({formatCount(exporting.rows)} rows)
      </Button>
    );
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
