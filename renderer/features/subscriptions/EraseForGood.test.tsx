import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Erased, ErasePreview } from '../../../electron/contract/erasure.ts';
import { subscriptionFilterSchema } from '../../../electron/contract/subscriptions.ts';
import { held, refuse, type Answers } from '../../testing/fake-engine.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { subscriptionId } from '../../testing/samples.ts';
import { EraseForGood } from './EraseForGood.tsx';

const NO_BACKUPS = { folder: '/home/ada/backups', count: 0 };
const preview = (change: Partial<ErasePreview> = {}): ErasePreview => ({
  subscriptions: 1,
  deliveries: 1,
  open: 0,
  backups: NO_BACKUPS,
  ...change,
});
const erased = (change: Partial<Erased> = {}): Erased => ({
  count: 1,
  deliveries: 1,
  traces: 'gone',
  backups: NO_BACKUPS,
  ...change,
});
const idsTo = (count: number) => Array.from({ length: count }, (_, index) => subscriptionId(index + 1));

async function open(whose: Parameters<typeof EraseForGood>[0]['whose'], answers: Answers['subscriptions']) {
  const onErased = vi.fn();
  const rendered = renderWith(<EraseForGood whose={whose} onErased={onErased} />, {
    answers: { subscriptions: answers ?? {} },
  });
  await rendered.user.click(
    screen.getByRole('button', { name: whose === null ? 'Empty bin…' : 'Erase for good…' }),
  );
  const dialog = within(await screen.findByRole('dialog'));
  return {
    ...rendered,
    onErased,
    dialog,
    act: () => dialog.getByRole<HTMLButtonElement>('button', { name: 'Erase for good' }),
  };
}

describe('erasing one subscription', () => {
  it('says what goes, in numbers that fit, and happens after a yes', async () => {
    const { user, engine, dialog, act, onErased } = await open(idsTo(1), {
      previewErase: () => preview(),
      erase: () => erased(),
    });
    expect(
      await dialog.findByText(/^This erases 1 subscription and 1 delivery, with every request/),
    ).toBeTruthy();
    expect(dialog.queryByRole('textbox')).toBeNull();
    await user.click(act());
    expect(await screen.findByText('Erased 1 subscription and 1 delivery.')).toBeTruthy();
    expect(engine.inputsOf('subscriptions.erase')).toEqual([{ ids: [1] }]);
    expect(onErased).toHaveBeenCalledOnce();
  });

  it('cannot be said yes to before it is known what goes', async () => {
    const counted = held(preview({ deliveries: 1204 }));
    const { dialog, act } = await open(idsTo(1), { previewErase: counted.answer });
    expect(act().disabled).toBe(true);
    counted.release();
    expect(await dialog.findByText(/1,204 deliveries/)).toBeTruthy();
    expect(act().disabled).toBe(false);
  });

  it('says at once why it failed, also while lists cannot be read because the line to a server is lost', async () => {
    const again = held(preview());
    const answers = [() => preview(), again.answer];
    const { user, dialog, act } = await open(idsTo(1), {
      previewErase: () => (answers.shift() ?? again.answer)(),
      erase: () => refuse({ code: 'line', cause: 'The connection was lost.', cure: 'Try again.' }),
    });
    await dialog.findByText(/^This erases 1 subscription/);
    await user.click(act());
    expect(await dialog.findByText('The connection was lost.', { exact: false })).toBeTruthy();
    again.release();
  });

  it('tells of messages that are cancelled, and of backups that stay', async () => {
    const { dialog } = await open(idsTo(1), {
      previewErase: () => preview({ open: 1, backups: { folder: '/home/ada/backups', count: 2 } }),
    });
    expect(await dialog.findByText(/^1 unsent message will be cancelled\./)).toBeTruthy();
    expect(dialog.getByText(/^Not erased: 2 backups from before updates, in/).textContent).toContain(
      '/home/ada/backups',
    );
  });

  it('says why it did not happen, and can be pressed again', async () => {
    const { user, engine, dialog, act, onErased } = await open(idsTo(1), {
      previewErase: () => preview(),
      erase: () => refuse({ code: 'full', cause: 'The disk is full.', cure: 'Make room.' }),
    });
    await expect.poll(() => act().disabled).toBe(false);
    await user.click(act());
    expect(await dialog.findByText('The disk is full.')).toBeTruthy();
    engine.answer({ subscriptions: { erase: () => erased({ traces: 'at-next-start' }) } });
    await user.click(act());
    expect(await screen.findByText(/The last traces on disk are removed at the next start\.$/)).toBeTruthy();
    expect(onErased).toHaveBeenCalledOnce();
  });
});

describe('erasing many', () => {
  it('happens only after the word was typed, whatever its case', async () => {
    const { user, dialog, act, engine } = await open(idsTo(3), {
      previewErase: () => preview({ subscriptions: 3 }),
      erase: () => erased({ count: 3, deliveries: 0 }),
    });
    await dialog.findByText(/3 subscriptions/, { selector: 'p' });
    expect(act().disabled).toBe(true);
    const word = dialog.getByRole('textbox', { name: 'Type “erase” to confirm' });
    await user.type(word, 'eras');
    expect(act().disabled).toBe(true);
    await user.type(word, 'E ');
    await user.click(act());
    await expect.poll(() => engine.inputsOf('subscriptions.erase')).toEqual([{ ids: [1, 2, 3] }]);
  });

  it('forgets the word when it is left', async () => {
    const { user, dialog } = await open(null, { previewErase: () => preview({ deliveries: null }) });
    expect(await dialog.findByText(/and all deliveries to them/)).toBeTruthy();
    await user.type(dialog.getByRole('textbox'), 'erase');
    await user.click(dialog.getByRole('button', { name: 'Keep them' }));
    await user.click(screen.getByRole('button', { name: 'Empty bin…' }));
    expect((await screen.findByRole<HTMLInputElement>('textbox')).value).toBe('');
  });

  it('takes all that match, in one call', async () => {
    const target = {
      filter: subscriptionFilterSchema.parse({ inBin: true, tagsAnyOf: ['old'] }),
      except: [],
    };
    const { user, dialog, act, engine } = await open(
      { target, count: 18_204 },
      {
        previewErase: () => preview({ subscriptions: 18_204, deliveries: null, open: null }),
        erase: () => erased({ count: 18_204, deliveries: 90_000 }),
      },
    );
    expect(dialog.getByRole('heading', { name: 'Erase 18,204 subscriptions?' })).toBeTruthy();
    await dialog.findByText(/^This erases 18,204 subscriptions/);
    expect(act().disabled).toBe(true);
    await user.type(dialog.getByRole('textbox'), 'erase');
    await user.click(act());
    expect(await screen.findByText('Erased 18,204 subscriptions and 90,000 deliveries.')).toBeTruthy();
    expect(engine.inputsOf('subscriptions.erase')).toEqual([target]);
  });

  it('goes in parts of what one call takes, and sums them up', async () => {
    const { user, engine, dialog, act } = await open(idsTo(10_001), {
      previewErase: () => preview({ subscriptions: 10_000, deliveries: 50_000, open: 7 }),
      erase: (input) => {
        const ids = 'ids' in input ? input.ids : [];
        return erased({
          count: ids?.length ?? 0,
          deliveries: 2,
          traces: ids?.length === 1 ? 'gone' : 'at-next-start',
        });
      },
    });
    expect(
      await dialog.findByText(/^This erases 10,001 subscriptions and all deliveries to them/),
    ).toBeTruthy();
    expect(dialog.queryByText(/unsent/)).toBeNull();
    await user.type(dialog.getByRole('textbox'), 'erase');
    await user.click(act());
    expect(
      await screen.findByText(/^Erased 10,001 subscriptions and 4 deliveries\. The last traces/),
    ).toBeTruthy();
    expect(
      engine.inputsOf('subscriptions.erase').map((input) => (input as { ids: number[] }).ids.length),
    ).toEqual([10_000, 1]);
  });
});
