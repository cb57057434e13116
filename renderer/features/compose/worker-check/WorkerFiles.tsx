import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { WorkerFile } from '../../../../electron/contract/worker-check.ts';
import { countOf } from '../../../format/numbers.ts';

interface WorkerFilesProps {
  files: readonly WorkerFile[];
  onChange: (files: readonly WorkerFile[]) => void;
}

/** The files that were added because the worker loads them. */
export function WorkerFiles({ files, onChange }: WorkerFilesProps) {
  if (files.length === 0) return null;
  return (
    <div className="pd-worker__files">
      <div className="pd-worker__label">Files it loads</div>
      <ul aria-label="Files it loads">
        {files.map(({ url, text }) => (
          <li key={url}>
            <span className="pd-mono pd-cut" title={url}>
              {url}
            </span>
            <span className="pd-soft pd-figures">{countOf(text.length, 'character')}</span>
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              aria-label={`Remove ${url}`}
              onClick={() => {
                onChange(files.filter((one) => one.url !== url));
              }}
            >
              <IconX size={14} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </div>
  );
}
