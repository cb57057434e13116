import { TextInput } from '@mantine/core';
import { screen } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import type { Problem } from '../../electron/contract/problem.ts';
import { renderWith } from '../testing/render-with.tsx';
import { Form } from './Form.tsx';

const save = vi.fn();

function Names({ problem = null, wrong }: { problem?: Problem | null; wrong: readonly string[] }) {
  const [isPressed, setPressed] = useState(false);
  const error = (name: string) => (isPressed || problem !== null) && wrong.includes(name) && 'It is wrong.';
  return (
    <Form
      problem={problem}
      onSubmit={() => {
        setPressed(true);
        save();
      }}
    >
      <TextInput label="First" error={error('First')} />
      <TextInput label="Second" error={error('Second')} />
      <TextInput aria-label="Third" error={error('Third')} />
      <button type="submit">Save</button>
    </Form>
  );
}

const field = (name: string) => screen.getByRole('textbox', { name });
const readOut = () => screen.getByRole('alert').textContent;

describe('a form', () => {
  it('leads to the first field that is wrong, and reads out all of them', async () => {
    const { user } = renderWith(<Names wrong={['Second', 'Third']} />);
    await user.type(field('First'), 'x{Enter}');
    expect(document.activeElement).toBe(field('Second'));
    await expect.poll(readOut).toBe('Fix 2 fields: Second, Third.');
  });

  it('says one field in the singular, and nothing where all is right', async () => {
    const { user, rerender } = renderWith(<Names wrong={['Third']} />);
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await expect.poll(readOut).toBe('Fix 1 field: Third.');
    rerender(<Names wrong={[]} />);
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await expect.poll(readOut).toBe('');
  });

  it('leads to the field that the engine refuses after the press', async () => {
    const { user, rerender } = renderWith(<Names wrong={[]} />);
    await user.click(screen.getByRole('button', { name: 'Save' }));
    rerender(<Names wrong={['First']} problem={{ code: 'taken', cause: 'Taken.', cure: 'Choose.' }} />);
    await expect.poll(() => document.activeElement).toBe(field('First'));
  });

  it('takes no focus from a field before anything was pressed', async () => {
    const { user, rerender } = renderWith(<Names wrong={[]} />);
    await user.click(field('Second'));
    rerender(<Names wrong={['First']} problem={{ code: 'taken', cause: 'Taken.', cure: 'Choose.' }} />);
    expect(document.activeElement).toBe(field('Second'));
  });

  it('keeps the focus in the field while its button is pressed, so that no error moves the button away', async () => {
    const { user } = renderWith(<Names wrong={[]} />);
    await user.click(field('First'));
    await user.pointer({ keys: '[MouseLeft>]', target: screen.getByRole('button', { name: 'Save' }) });
    expect(document.activeElement).toBe(field('First'));
  });
});
