import { Tooltip } from '@mantine/core';
import { visibleText } from '../../electron/core/text/visible-text.ts';
import { CopyButton } from './CopyButton.tsx';
import './short-text.css';

interface ShortTextProps {
  /** What is shown. */
  short: string;
  /** The whole of it: on hover and on the clipboard. */
  full: string;
  copyLabel: string;
}

/** A long id or address, shortened, with its copy button. */
export function ShortText({ short, full, copyLabel }: ShortTextProps) {
  return (
    <span className="pd-short">
      <Tooltip label={visibleText(full)} multiline maw={420} classNames={{ tooltip: 'pd-short__full' }}>
        <bdi className="pd-mono pd-cut">{visibleText(short)}</bdi>
      </Tooltip>
      <CopyButton label={copyLabel} text={full} />
    </span>
  );
}
