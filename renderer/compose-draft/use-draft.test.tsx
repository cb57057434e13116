import { Button } from '@mantine/core';
import { act, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderWith } from '../testing/render-with.tsx';
import { useDraft } from './use-draft.ts';

const draft = (title: string) => ({ message: { title }, audience: { kind: 'everyone' as const } });

function Writer() {
  const { draft: kept, save } = useDraft();
  return (
    <>
      <p role="status">{kept.isSuccess ? String(kept.data?.message['title']) : ''}</p>
      {['First', 'Second'].map((title) => (
        <Button
          key={title}
          onClick={() => {
            save(draft(title));
          }}
        >
          {title}
        </Button>
      ))}
    </>
  );
}
const press = (name: string) => screen.getByRole('button', { name });

it('keeps what could not be saved, and saves the last of it when the engine is back', async () => {
  let isAway = true;
  const { user, engine } = renderWith(<Writer />, {
    answers: {
      campaigns: {
        draft: () => draft('Old'),
        saveDraft() {
          if (isAway) throw new Error('The port was closed.');
          return { saved: true } as never;
        },
      },
    },
  });
  await screen.findByText('Old');
  act(() => {
    engine.setConnected(false);
  });
  await user.click(press('First'));
  await user.click(press('Second'));
  await expect.poll(() => engine.inputsOf('campaigns.saveDraft')).toHaveLength(2);
  isAway = false;
  act(() => {
    engine.setConnected(true);
  });
  await expect.poll(() => engine.inputsOf('campaigns.saveDraft')).toHaveLength(3);
  expect(engine.inputsOf('campaigns.saveDraft').at(-1)).toEqual(draft('Second'));
  // What the engine still had is older.
  expect(screen.getByRole('status').textContent).toBe('Second');
});
