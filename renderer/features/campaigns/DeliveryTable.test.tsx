import { act, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { MAX_LOADED } from '../../api/paged-list.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { campaignId, sampleDelivery } from '../../testing/samples.ts';
import { DeliveryTable } from './DeliveryTable.tsx';
import { wantedBy } from './outcomes.ts';

const PAGE = 40;

/** A campaign with this many deliveries; the engine answers with a page from either end. */
function show(count: number) {
  const page = (from: number) =>
    Array.from({ length: PAGE }, (_, index) =>
      sampleDelivery({ id: from + index, label: `Person ${from + index}.` }),
    );
  return renderWith(
    <DeliveryTable
      campaign={{ id: campaignId(1), wait: null }}
      wanted={wantedBy('all')}
      count={count}
      openId={null}
      onOpen={() => undefined}
    />,
    {
      answers: {
        campaigns: {
          deliveries: ({ order, cursor }) =>
            // What lies between the ends never arrives.
            cursor === null
              ? {
                  items: order === 'newest' ? page(count - PAGE + 1).toReversed() : page(1),
                  nextCursor: 'more',
                }
              : new Promise(() => undefined),
        },
      },
    },
  );
}
const grid = () => screen.getByRole('grid', { name: 'Deliveries' });
const active = () => document.getElementById(grid().getAttribute('aria-activedescendant') ?? '')?.textContent;

it('goes to the very end of more deliveries than are held, and back to the start', async () => {
  const count = 10 * MAX_LOADED;
  const { user, engine } = show(count);
  await screen.findByText('Person 1.');
  act(() => {
    grid().focus();
  });
  await user.keyboard('{End}');
  await screen.findByText(/^The last 40 of 1,000,000 rows\./);
  expect(engine.inputsOf('campaigns.deliveries').at(-1)).toMatchObject({ campaignId: 1, order: 'newest' });
  await user.keyboard('{Home}');
  await expect.poll(() => active() ?? '').toContain('Person 1.');
});

it('asks for nothing but its start where it can be loaded whole', async () => {
  const { engine } = show(MAX_LOADED);
  await screen.findByText('Person 1.');
  for (const input of engine.inputsOf('campaigns.deliveries')) expect(input).not.toHaveProperty('order');
});
