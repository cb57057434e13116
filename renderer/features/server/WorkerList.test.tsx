import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Worker, Workers } from '../../../electron/contract/workers.ts';
import { refuse, type Answers } from '../../testing/fake-engine.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { WorkerList } from './WorkerList.tsx';

const ID = '6f1d2d5e-0000-4000-8000-000000000001';
const worker = (change: Partial<Worker> = {}): Worker => ({
  id: ID,
  name: 'North',
  machine: 'vm-3',
  version: '1.0.0',
  state: 'working',
  perSecond: 3999.6,
  inFlight: 512,
  capacity: 1024,
  lagMs: 41.6,
  silentFor: 1.2,
  unreachable: [],
  ...change,
});
const answers = (change: Partial<Workers> = {}): Answers => ({
  workers: { list: () => ({ isOn: true, sendsHere: true, problem: null, workers: [], ...change }) },
});
const show = (change: Partial<Workers> = {}) => renderWith(<WorkerList />, { answers: answers(change) });

it('shows nothing where there is no database for workers', async () => {
  const { engine } = show({ isOn: false });
  await expect.poll(() => engine.inputsOf('workers.list').length).toBe(1);
  expect(screen.queryByText('Workers')).toBeNull();
});

it('says how to start the first one', async () => {
  show();
  expect(await screen.findByText(/^None is connected\. Start one on another machine/)).toBeTruthy();
});

it('says that nothing goes out where there is neither a worker nor this machine to send', async () => {
  show({ sendsHere: false });
  expect(await screen.findByText(/^None is connected, so nothing is being sent\. Start one/)).toBeTruthy();
});

it('does not ask for a worker while the database that it would need cannot be used', async () => {
  show({
    problem: { code: 'workers-database', cause: 'Nothing answers there.', cure: 'Check that it runs.' },
  });
  expect(await screen.findByText('Nothing answers there.')).toBeTruthy();
  expect(screen.queryByText(/None is connected/)).toBeNull();
});

it('says of each what it is, how it goes, and what it cannot reach', async () => {
  show({
    workers: [
      worker(),
      worker({
        id: ID.replace(/1$/, '2'),
        state: 'lost',
        unreachable: [{ pushService: 'apple', detail: 'dns' }],
      }),
    ],
  });
  const [first, second] = await screen.findAllByRole('listitem');
  expect(first?.textContent).toContain(
    'Working · vm-3 · 1.0.0 · 4,000 a second · 512 on the wire · 42 ms lag · last sign 1 s ago',
  );
  expect(first?.querySelector('[data-trouble="true"]')).toBeNull();
  expect(second?.querySelector('[data-trouble="true"]')?.textContent).toBe('Lost');
  expect(second?.textContent).toMatch(/Lost .* can’t reach Apple \(dns\)/);
});

it('drains and removes, and says why where that fails', async () => {
  const { user, engine } = show({ workers: [worker()] });
  engine.answer({
    workers: {
      ...answers({ workers: [worker({ state: 'draining' })] })['workers'],
      drain: () => ({ isOn: true, sendsHere: true, problem: null, workers: [] }),
      remove: () =>
        refuse({ code: 'no-such-worker', cause: 'There is no such worker.', cure: 'Read the list again.' }),
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Drain North' }));
  expect(engine.inputsOf('workers.drain')).toEqual([{ id: ID }]);
  expect(await screen.findByRole('button', { name: 'Resume North' })).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Remove North' }));
  expect(await screen.findByText('There is no such worker.')).toBeTruthy();
});
