import type { Pushdesk } from './pushdesk.ts';

/** From now on the person answers each dialog that asks where to save with this file. */
export async function saveTo({ app }: Pushdesk, file: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
}
