import { ActionIcon, Button } from '@mantine/core';
import { screen } from '@testing-library/react';
import { useState, type SubmitEvent } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { isPressable } from '../testing/is-pressable.ts';
import { renderWith } from '../testing/render-with.tsx';

const onSubmit = vi.fn((event: SubmitEvent) => {
  event.preventDefault();
});

/** Begins to load at the first press. */
function Saving({ onPress, isDisabled = false }: { onPress: () => void; isDisabled?: boolean }) {
  const [isLoading, setLoading] = useState(false);
  return (
    <form onSubmit={onSubmit}>
      <input aria-label="Name" />
      <Button
        type="submit"
        loading={isLoading}
        disabled={isDisabled && isLoading}
        onClick={() => {
          setLoading(true);
          onPress();
        }}
      >
        Save
      </Button>
      <ActionIcon loading={isLoading} aria-label="Look again" onClick={onPress} />
    </form>
  );
}

function setUp(isDisabled = false) {
  onSubmit.mockClear();
  const onPress = vi.fn();
  const { user } = renderWith(<Saving onPress={onPress} isDisabled={isDisabled} />);
  return { user, onPress, save: screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }) };
}

describe('a button that loads', () => {
  it('keeps the focus, and is told as one that cannot be pressed', async () => {
    const { user, save } = setUp();
    await user.click(save);
    expect(save.getAttribute('data-loading')).toBe('true');
    expect([save.disabled, isPressable(save)]).toEqual([false, false]);
    expect(document.activeElement).toBe(save);
  });

  it('does nothing when it is pressed again, nor does Enter in its form', async () => {
    const { user, onPress, save } = setUp();
    await user.click(save);
    await user.click(save);
    await user.click(screen.getByRole('button', { name: 'Look again' }));
    await user.type(screen.getByRole('textbox', { name: 'Name' }), 'Ann{Enter}');
    expect(onPress).toHaveBeenCalledTimes(1);
    expect(onSubmit).toHaveBeenCalledTimes(1);
  });

  it('is disabled where it is meant to be', async () => {
    const { user, save } = setUp(true);
    await user.click(save);
    expect(save.disabled).toBe(true);
  });
});
