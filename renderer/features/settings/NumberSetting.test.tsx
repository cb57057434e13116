import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { renderWith } from '../../testing/render-with.tsx';
import { NumberSetting } from './NumberSetting.tsx';

const RANGE = 'Enter a number from 1 to 10.';

function show(value: number | null = 5) {
  const onSave = vi.fn();
  const rendered = renderWith(
    <NumberSetting
      label="Speed"
      description="How fast."
      range={RANGE}
      placeholder="No limit"
      value={value}
      isValid={(number) => number === null || (number >= 1 && number <= 10)}
      onSave={onSave}
    />,
  );
  return { ...rendered, onSave, field: screen.getByRole<HTMLInputElement>('textbox', { name: 'Speed' }) };
}

describe('a number of the settings', () => {
  it.each(['{Enter}', '{Tab}'])('is saved with %s', async (key) => {
    const { user, onSave, field } = show();
    await user.clear(field);
    await user.type(field, `7${key}`);
    expect(onSave).toHaveBeenCalledWith(7);
  });

  it('is not saved where it is as it was', async () => {
    const { user, onSave, field } = show();
    await user.clear(field);
    await user.type(field, '5{Tab}');
    expect(onSave).not.toHaveBeenCalled();
  });

  it('can be empty', async () => {
    const { user, onSave, field } = show();
    await user.clear(field);
    await user.tab();
    expect(onSave).toHaveBeenCalledExactlyOnceWith(null);
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
