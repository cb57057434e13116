import { cleanup, screen } from '@testing-library/react';
import { useState } from 'react';
import { beforeEach, describe, expect, it } from 'vitest';
import { canaryRulesSchema } from '../../../electron/contract/canary.ts';
import type { Preflight } from '../../../electron/contract/preflight.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { keyPairId, samplePreflight } from '../../testing/samples.ts';
import { CanaryOptions } from './CanaryOptions.tsx';
import { useCanaryChoice } from './canary-choice.ts';

beforeEach(() => {
  localStorage.clear();
});

interface OptionsProps {
  preflight: Preflight;
  isPerRecipient: boolean;
  kept: Record<string, unknown>;
}

function Options({ preflight, isPerRecipient, kept }: OptionsProps) {
  const [choices, setChoices] = useState(kept);
  const choice = useCanaryChoice({
    choices,
    setOther: (name, value) => {
      setChoices({ ...choices, [name]: value });
    },
  });
  return (
    <>
      <CanaryOptions choice={choice} preflight={preflight} isPerRecipient={isPerRecipient} />
      <output data-testid="kept">{JSON.stringify(choices)}</output>
    </>
  );
}

const show = (
  canary: Preflight['canary'] = null,
  { isPerRecipient = false, kept = {} }: Partial<OptionsProps> = {},
) =>
  renderWith(
    <Options
      preflight={samplePreflight({ recipients: 4000, canary })}
      isPerRecipient={isPerRecipient}
      kept={kept}
    />,
  );
const kept = (): unknown => JSON.parse(screen.getByTestId('kept').textContent);
const isOn = () => screen.getByRole<HTMLInputElement>('switch', { name: 'Send to a canary first' }).checked;
const whole = {
  recipients: 40,
  isEveryone: false,
  byPart: [{ pushService: 'fcm', keyPairId: keyPairId(1), count: 40 }],
} as const;

describe('the canary in Compose', () => {
  it('asks for nothing until it is switched on, then by the usual rules, and says how many go first', async () => {
    const { user } = show({ ...whole, byPart: [...whole.byPart] });
    expect(isOn()).toBe(false);
    await user.click(screen.getByRole('switch', { name: 'Send to a canary first' }));
    expect(kept()).toMatchObject({
      canary: { isOn: true, rules: { sharePercent: 1, leastPerPart: 20, whenBad: 'wait' } },
    });
    expect(screen.getByText('40 of 4,000 go first.')).toBeTruthy();
    expect(
      screen.getByText(/any 401 or 403, over 10% failed or under 50% accepted: wait for you/),
    ).toBeTruthy();
  });

  it('lets every rule be changed, and gives the usual ones back', async () => {
    const { user } = show();
    await user.click(screen.getByRole('switch', { name: 'Send to a canary first' }));
    await user.click(screen.getByRole('button', { name: 'Change rules' }));
    const share = screen.getByRole<HTMLInputElement>('textbox', { name: 'Share of each part' });
    await user.clear(share);
    await user.type(share, '5');
    await user.click(screen.getByRole('switch', { name: 'Any 401 or 403 is enough' }));
    await user.click(screen.getByRole('switch', { name: 'Count receipts from devices that send them' }));
    expect(kept()).toMatchObject({
      canary: { rules: { sharePercent: 5, anyRefusedToken: false, minShownPercent: 30 } },
    });
    await user.click(screen.getByRole('button', { name: 'Restore defaults' }));
    expect(kept()).toMatchObject({
      canary: { rules: { sharePercent: 1, anyRefusedToken: true, minShownPercent: null } },
    });
  });

  it('is what the message says, else what was chosen last', async () => {
    const { user } = show();
    await user.click(screen.getByRole('switch', { name: 'Send to a canary first' }));
    cleanup();
    show();
    expect(isOn()).toBe(true);
    cleanup();
    show(null, { kept: { canary: { isOn: false, rules: canaryRulesSchema.parse({}) } } });
    expect(isOn()).toBe(false);
  });

  it('goes first where what the message says of it cannot be read', () => {
    show(null, { kept: { canary: { isOn: false, rules: { sharePercent: 'some' } } } });
    expect(isOn()).toBe(true);
  });

  it('says why it cannot go first at each recipient’s own time, and keeps the choice', () => {
    const wish = { isOn: true, rules: canaryRulesSchema.parse({}) };
    show(null, { isPerRecipient: true, kept: { canary: wish } });
    const toggle = screen.getByRole<HTMLInputElement>('switch', { name: 'Send to a canary first' });
    expect([toggle.checked, toggle.disabled]).toEqual([false, true]);
    expect(screen.getByText(/Not possible at each recipient’s own time/)).toBeTruthy();
    expect(kept()).toEqual({ canary: wish });
  });

  it('says so where the canary would be everyone', async () => {
    const { user } = show({ ...whole, isEveryone: true, byPart: [...whole.byPart] });
    await user.click(screen.getByRole('switch', { name: 'Send to a canary first' }));
    expect(screen.getByText(/too small for a canary/)).toBeTruthy();
  });
});
