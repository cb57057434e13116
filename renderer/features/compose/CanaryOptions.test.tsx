import { cleanup, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Preflight } from '../../../electron/contract/preflight.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { keyPairId, samplePreflight } from '../../testing/samples.ts';
import { CanaryOptions } from './CanaryOptions.tsx';
import { useCanaryChoice } from './canary-choice.ts';

beforeEach(() => {
  localStorage.clear();
});

function Options({ preflight }: { preflight: Preflight | undefined }) {
  const choice = useCanaryChoice();
  return (
    <>
      <CanaryOptions choice={choice} preflight={preflight} />
      <output data-testid="asked">{JSON.stringify(choice.asked)}</output>
    </>
  );
}

const show = (canary: Preflight['canary'] = null) =>
  renderWith(<Options preflight={samplePreflight({ recipients: 4000, canary })} />);
const asked = (): unknown => JSON.parse(screen.getByTestId('asked').textContent);
const whole = {
  recipients: 40,
  isEveryone: false,
  byPart: [{ pushService: 'fcm', keyPairId: keyPairId(1), count: 40 }],
} as const;

describe('the canary in Compose', () => {
  it('asks for nothing until it is switched on, then by the usual rules, and says how many go first', async () => {
    const { user } = show({ ...whole, byPart: [...whole.byPart] });
    expect(asked()).toEqual({});
    await user.click(screen.getByRole('switch', { name: 'Send to a canary first' }));
    expect(asked()).toMatchObject({ canary: { sharePercent: 1, leastPerPart: 20, whenBad: 'wait' } });
    expect(screen.getByText('40 of 4,000 go first.')).toBeTruthy();
    expect(
      screen.getByText(/any 401 or 403, over 10% failed or under 50% accepted: wait for you/),
    ).toBeTruthy();
  });

  it('lets every rule be changed, keeps what was chosen, and gives the usual ones back', async () => {
    const { user } = show();
    await user.click(screen.getByRole('switch', { name: 'Send to a canary first' }));
    await user.click(screen.getByRole('button', { name: 'Change rules' }));
    const share = screen.getByRole<HTMLInputElement>('textbox', { name: 'Share of each part' });
    await user.clear(share);
    await user.type(share, '5');
    await user.click(screen.getByRole('switch', { name: 'Any 401 or 403 is enough' }));
    await user.click(screen.getByRole('switch', { name: 'Count receipts from devices that send them' }));
    expect(asked()).toMatchObject({
      canary: { sharePercent: 5, anyRefusedToken: false, minShownPercent: 30 },
    });
    cleanup();
    show();
    expect(asked()).toMatchObject({ canary: { sharePercent: 5 } });
    await user.click(screen.getByRole('button', { name: 'Change rules' }));
    await user.click(screen.getByRole('button', { name: 'Restore defaults' }));
    expect(asked()).toMatchObject({
      canary: { sharePercent: 1, anyRefusedToken: true, minShownPercent: null },
    });
  });

  it('says so where the canary would be everyone', async () => {
    const { user } = show({ ...whole, isEveryone: true, byPart: [...whole.byPart] });
    await user.click(screen.getByRole('switch', { name: 'Send to a canary first' }));
    expect(screen.getByText(/too small for a canary/)).toBeTruthy();
  });
});
