import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { KeyFileFormat } from '../../../electron/contract/keys.ts';

interface ExportMenuProps {
  isBusy: boolean;
  isDisabled: boolean;
  onExport: (format: KeyFileFormat) => void;
}

const FORMATS: readonly { format: KeyFileFormat; name: string; use: string }[] = [
  { format: 'json', name: 'JSON', use: 'As web-push prints it' },
  { format: 'env', name: '.env', use: 'Environment variables' },
  { format: 'pem', name: 'PEM', use: 'For pywebpush and openssl' },
  { format: 'jwk', name: 'JWK', use: 'For Web Crypto' },
];

/** The forms in which both halves can be written to a file. */
export function ExportMenu({ isBusy, isDisabled, onExport }: ExportMenuProps) {
  return (
    <Menu position="bottom-start" withinPortal={false} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          loading={isBusy}
          disabled={isDisabled}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.map(({ format, name, use }) => (
          <Menu.Item
            key={format}
            onClick={() => {
              onExport(format);
            }}
          >
            <span className="pd-keys__format">{name}</span> <span className="pd-soft">{use}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
