import { app, dialog, type BrowserWindow, type MessageBoxOptions } from 'electron';
import path from 'node:path';
import { backUp, backupName } from './back-up.ts';

interface Place {
  readonly window: BrowserWindow;
  /** `null`: the data is on another machine. */
  readonly dataDir: string | null;
}

/** One at a time: two would report twice what a person asked for once. */
let isUnderWay = false;

/** Asks where to save, backs up, and reports the outcome: what is in the file, and what anyone who has it can do. */
export async function backUpWorkspace(place: Place | undefined, program: string): Promise<void> {
  if (place === undefined || isUnderWay) return;
  const { window, dataDir } = place;
  const say = (options: MessageBoxOptions) =>
    window.isDestroyed() ? dialog.showMessageBox(options) : dialog.showMessageBox(window, options);
  if (dataDir === null) {
    await say({
      type: 'info',
      message: 'This workspace is on a server',
      detail: 'Back it up there: node server.mjs backup FILE.',
    });
    return;
  }
  isUnderWay = true;
  try {
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      title: 'Back up workspace',
      buttonLabel: 'Back up',
      defaultPath: path.join(app.getPath('documents'), backupName(Date.now())),
      filters: [{ name: 'Pushdesk backup', extensions: ['db'] }],
    });
    if (canceled || filePath === '') return;
    const { isDone, lines } = await backUp(program, dataDir, filePath);
    await say({
      type: isDone ? 'info' : 'error',
      message: isDone ? 'Workspace backed up' : 'The workspace was not backed up',
      detail: lines.join('\n\n'),
    });
  } finally {
    isUnderWay = false;
  }
}
