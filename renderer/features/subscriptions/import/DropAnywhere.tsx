import { useEffect, useState } from 'react';
import { visibleText } from '../../../../electron/core/text/visible-text.ts';
import { toast } from '../../../ui/toast.ts';
import { ImportDialog } from './ImportDialog.tsx';
import './import.css';

/**
 * Takes files that are dropped anywhere in the window, and imports them one after another. An open dialog keeps dropped files out: its own
 * question comes first.
 */
export function DropAnywhere() {
  const [isOver, setOver] = useState(false);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [file] = files;
  const [total, setTotal] = useState(0);

  useEffect(() => {
    let depth = 0;
    const leave = () => {
      depth = 0;
      setOver(false);
    };
    const enter = (event: DragEvent) => {
      if (!hasFiles(event) || isDialogOpen()) return;
      event.preventDefault();
      depth += 1;
      setOver(true);
    };
    const over = (event: DragEvent) => {
      // Otherwise the window would open the file in place of itself.
      if (hasFiles(event)) event.preventDefault();
    };
    const out = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth -= 1;
      if (depth <= 0) leave();
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      leave();
      if (isDialogOpen() || event.dataTransfer === null) return;
      const { dropped, folders } = filesOf(event.dataTransfer);
      for (const name of folders) {
        toast(
          `“${visibleText(name)}” is a folder, which can’t be imported. Open it and drop the files in it.`,
        );
      }
      setTotal(dropped.length);
      setFiles(dropped);
    };
    document.addEventListener('dragenter', enter);
    document.addEventListener('dragover', over);
    document.addEventListener('dragleave', out);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragenter', enter);
      document.removeEventListener('dragover', over);
      document.removeEventListener('dragleave', out);
      document.removeEventListener('drop', drop);
    };
  }, []);

  return (
    <>
      {isOver && (
        <div className="pd-drop-anywhere" aria-hidden>
          <span>Drop to import subscriptions</span>
        </div>
      )}
      {file !== undefined && (
        <ImportDialog
          key={total - files.length}
          opened
          file={file}
          {...(total > 1 ? { place: { index: total - files.length + 1, total } } : {})}
          onClose={() => {
            setFiles((before) => before.slice(1));
          }}
        />
      )}
    </>
  );
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') === true;
}

function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"]') !== null;
}

/** Files, and the names of folders, which a window cannot read. */
function filesOf(data: DataTransfer): { dropped: File[]; folders: string[] } {
  const dropped: File[] = [];
  const folders: string[] = [];
  for (const item of data.items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    if (entry?.isDirectory === true) folders.push(entry.name);
    else if (file !== null) dropped.push(file);
  }
  return { dropped, folders };
}
