import { screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { settingsSchema } from '../../../electron/contract/settings.ts';
import type { WorkersDatabase } from '../../../electron/contract/workers.ts';
import { refuse } from '../../testing/fake-engine.ts';
import { noticeTexts } from '../../testing/notices.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { WorkersSetting } from './WorkersSetting.tsx';

const NONE: WorkersDatabase = { source: null, at: null, isUsed: false, needsRestart: false, problem: null };
const ADDRESS = 'postgres://me:secret@db.example/push';

function show(change: Partial<WorkersDatabase> = {}) {
  let database = { ...NONE, ...change };
  const onChange = vi.fn<() => Promise<null>>(() => Promise.resolve(null));
  const rendered = renderWith(
    <WorkersSetting settings={settingsSchema.parse({})} heldSendHere={null} onChange={onChange} />,
    {
      answers: {
        workers: {
          database: () => database,
          chooseDatabase({ address }) {
            database =
              address === null
                ? { ...NONE, needsRestart: true }
                : { ...NONE, source: 'settings', at: 'db.example:5432/push', needsRestart: true };
            return database;
          },
        },
      },
    },
  );
  return { ...rendered, onChange };
}
const field = () => screen.findByLabelText<HTMLInputElement>('Workers');
const sendsAlong = () => screen.queryByRole('switch', { name: /^This machine sends along/ });

it('is one field for who needs no workers, saves an address, and never shows it again', async () => {
  const { user, engine } = show();
  expect((await field()).type).toBe('password');
  expect([sendsAlong(), screen.queryByRole('button', { name: 'Remove address' })]).toEqual([null, null]);
  await user.type(await field(), `${ADDRESS}{Enter}`);
  expect(
    await screen.findByText(/^The database at db\.example:5432\/push\..*Start Pushdesk again/),
  ).toBeTruthy();
  expect(engine.inputsOf('workers.chooseDatabase')).toEqual([{ address: ADDRESS }]);
  expect((await field()).value).toBe('');
  expect(document.body.innerHTML).not.toContain('secret');
});

it('removes the address, and lets this machine send along or not', async () => {
  const { user, engine, onChange } = show({ source: 'settings', at: 'db.example:5432/push', isUsed: true });
  await user.click(await screen.findByRole('switch', { name: /^This machine sends along/ }));
  expect(onChange).toHaveBeenCalledWith({ sendHere: false });
  await user.click(screen.getByRole('button', { name: 'Remove address' }));
  expect(await screen.findByText(/^Where one machine is too small:.*Start Pushdesk again/)).toBeTruthy();
  expect(engine.inputsOf('workers.chooseDatabase')).toEqual([{ address: null }]);
});

it('says that the environment holds it', async () => {
  show({ source: 'environment', at: 'db.example:5432/push', isUsed: true });
  expect((await field()).disabled).toBe(true);
  expect(
    screen.getByText('The database at db.example:5432/push, by PUSHDESK_WORKERS for this run.'),
  ).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Save address' })).toBeNull();
});

it('says why an address is refused', async () => {
  const { user, engine } = show();
  engine.answer({
    workers: {
      database: () => NONE,
      chooseDatabase: () =>
        refuse({ code: 'workers-address', cause: 'The text is no address.', cure: 'Enter one.' }),
    },
  });
  await user.type(await field(), 'nonsense{Enter}');
  await expect.poll(noticeTexts).toContain('The text is no address.Enter one.');
});
