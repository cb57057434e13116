import { act, screen } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { renderWith } from '../../testing/render-with.tsx';
import { NumberSetting } from './NumberSetting.tsx';

type Save = (value: number | null, seen: number | null) => Promise<string | null>;

const RANGE = 'Enter a number from 1 to 10.';

function show(first: number | null = 5) {
  const onSave = vi.fn<Save>(() => Promise.resolve(null));
  let change: (value: number | null) => void = () => undefined;
  function Shown() {
    const [value, setValue] = useState(first);
    change = setValue;
    return (
      <NumberSetting
        label="Speed"
        description="How fast."
        range={RANGE}
        placeholder="No limit"
        value={value}
        isValid={(number) => number === null || (number >= 1 && number <= 10)}
        onSave={onSave}
      />
    );
  }
  const rendered = renderWith(<Shown />);
  /** In another window. */
  const changeElsewhere = (value: number | null) => {
    act(() => {
      change(value);
    });
  };
  return {
    ...rendered,
    onSave,
    changeElsewhere,
    field: screen.getByRole<HTMLInputElement>('textbox', { name: 'Speed' }),
  };
}

describe('a number of the settings', () => {
  it.each(['{Enter}', '{Tab}'])('is saved with %s', async (key) => {
    const { user, onSave, field } = show();
    await user.clear(field);
    await user.type(field, `7${key}`);
    expect(onSave).toHaveBeenCalledExactlyOnceWith(7, 5);
  });

  it('is not saved where it is as it was', async () => {
    const { user, onSave, field } = show();
    await user.clear(field);
    await user.type(field, '5{Tab}');
    expect(onSave).not.toHaveBeenCalled();
  });

  it('shows what another window makes of it, and keeps what is being typed', async () => {
    const { user, onSave, field, changeElsewhere } = show();
    changeElsewhere(6);
    expect(field.value).toBe('6');
    await user.clear(field);
    await user.type(field, '7');
    changeElsewhere(8);
    expect(field.value).toBe('7');
    onSave.mockResolvedValueOnce('This was changed elsewhere to “8”.');
    await user.type(field, '{Enter}');
    expect(onSave).toHaveBeenLastCalledWith(7, 6);
    expect(await screen.findByText('This was changed elsewhere to “8”.')).toBeTruthy();
    // Somebody who reads that and looks away has not chosen to replace it.
    await user.tab();
    expect(onSave).toHaveBeenCalledOnce();
    expect(field.value).toBe('7');
    await user.type(field, '{Enter}');
    expect(onSave).toHaveBeenLastCalledWith(7, 8);
  });

  it('is as it is kept again after Escape', async () => {
    const { user, onSave, field } = show();
    await user.clear(field);
    await user.type(field, '7{Escape}{Tab}');
    expect(field.value).toBe('5');
    expect(onSave).not.toHaveBeenCalled();
  });

  it('can be empty', async () => {
    const { user, onSave, field } = show();
    await user.clear(field);
    await user.tab();
    expect(onSave).toHaveBeenCalledExactlyOnceWith(null, 5);
  });

  it('is not saved out of its range, which is read out as often as it is left so', async () => {
    const { user, onSave, field } = show();
    await user.clear(field);
    await user.type(field, '11');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    const readOut = () => screen.getAllByRole('alert').map(({ textContent }) => textContent);
    expect(readOut()).not.toContain(RANGE);
    await user.tab();
    expect(readOut()).toContain(RANGE);
    expect(onSave).not.toHaveBeenCalled();
    await user.clear(field);
    await user.type(field, '9');
    expect(readOut()).not.toContain(RANGE);
  });

  it.each(['-3', '2.5'])('takes no sign and no fraction: %s', async (typed) => {
    const { user, field } = show(null);
    await user.type(field, typed);
    expect(field.value).toBe(typed.replace(/[-.]/, ''));
  });
});
