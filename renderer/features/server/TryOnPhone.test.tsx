import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { SubscriptionId } from '../../../electron/contract/ids.ts';
import type { PhoneVisit } from '../../../electron/contract/server.ts';
import { refuse } from '../../testing/fake-engine.ts';
import { noticeTexts } from '../../testing/notices.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { READY_PHONE } from './testing/ready-phone.ts';
import { TryOnPhone } from './TryOnPhone.tsx';

const TOKEN = 'T'.repeat(22);
const PUBLIC = `https://push.example.org/#phone=${TOKEN}`;

const told = (
  findings: Partial<PhoneVisit['findings']>,
  subscriptionId: number | null = null,
): PhoneVisit => ({
  at: Date.now(),
  findings: { ...READY_PHONE, ...findings },
  subscriptionId: subscriptionId as SubscriptionId | null,
});

async function show({ url = PUBLIC, isPublic = true } = {}) {
  const shown = renderWith(<TryOnPhone isRunning />, {
    answers: {
      server: {
        watchPhone: () => ({ token: TOKEN, url, isPublic }),
        phone: () => ({ state: 'watching', visit: null }),
        leavePhone: () => ({ left: true }),
      },
    },
  });
  await shown.user.click(screen.getByRole('button', { name: 'Try it on a phone' }));
  const hear = (visit: PhoneVisit) => {
    shown.engine.answer({ server: { phone: () => ({ state: 'watching', visit }) } });
    shown.engine.publish('phone');
  };
  return { ...shown, hear };
}

const states = () =>
  screen.getAllByRole('listitem').map((item) => {
    const mark = within(item).queryByLabelText(/Done|Missing|Next|Later/);
    return [mark?.getAttribute('aria-label'), item.textContent].join(': ');
  });

describe('a phone', () => {
  it('gets the link as a QR code, and waits', async () => {
    await show();
    await screen.findByRole('img', { name: 'QR code of https://push.example.org/' });
    await screen.findByText('Waiting for a phone');
    expect(screen.getByText('https://push.example.org/')).toBeTruthy();
  });

  it('is told about live, from the missing permission to the row', async () => {
    const { hear, engine } = await show();
    await screen.findByText('Waiting for a phone');
    hear(told({ permission: 'default' }));
    await screen.findByText('Next: Permission');
    expect(states()).toContain(
      'Next: PermissionThe browser has not asked yet.Press Subscribe on the phone, then Allow.',
    );
    hear(told({ permission: 'denied', problem: 'denied' }));
    await screen.findByText('Missing: Permission');
    hear(told({ permission: 'granted', worker: 'active' }));
    await screen.findByText('Next: Push service');
    hear(told({ permission: 'granted' }, 12));
    await screen.findByText('This phone is subscribed');
    expect(screen.getByRole('link', { name: 'Show its row' }).getAttribute('href')).toContain('12');
    expect(states().every((text) => text.startsWith('Done: '))).toBe(true);
    expect(engine.inputsOf('server.phone')).toContainEqual({ token: TOKEN });
  });

  it('is told which ways lead to a server that it cannot reach, with commands to copy', async () => {
    await show({ url: `http://localhost:4831/#phone=${TOKEN}`, isPublic: false });
    await screen.findByText('adb reverse tcp:4831 tcp:4831');
    expect(screen.getByText('cloudflared tunnel --url http://localhost:4831')).toBeTruthy();
    expect(noticeTexts().join()).toContain('localhost is the phone itself');
  });

  it('loses the link when the dialog is closed, and gets a new one when it has ended', async () => {
    const { user, engine } = await show();
    await screen.findByText('Waiting for a phone');
    engine.answer({ server: { phone: () => ({ state: 'ended', visit: null }) } });
    engine.publish('phone');
    engine.answer({ server: { watchPhone: () => ({ token: 'new', url: `${PUBLIC}2`, isPublic: true }) } });
    await user.click(await screen.findByRole('button', { name: 'New QR code' }));
    await expect.poll(() => engine.inputsOf('server.leavePhone')).toEqual([{ token: TOKEN }]);
    await user.click(screen.getByRole('button', { name: 'Close' }));
    await expect.poll(() => engine.inputsOf('server.leavePhone').at(-1)).toEqual({ token: 'new' });
  });

  it('is asked for the server first', async () => {
    const { user, engine } = await show();
    await user.click(screen.getByRole('button', { name: 'Close' }));
    engine.answer({
      server: {
        watchPhone: () => refuse({ code: 'server-stopped', cause: 'The server is off.', cure: 'Start it.' }),
      },
    });
    await user.click(screen.getByRole('button', { name: 'Try it on a phone' }));
    await expect.poll(() => noticeTexts().join()).toContain('The server is off.');
  });
});
