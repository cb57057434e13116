import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { settingsSchema, type SettingsPatch } from '../../../electron/contract/settings.ts';
import type { OuterStatus } from '../../../electron/contract/server.ts';
import { refuse } from '../../testing/fake-engine.ts';
import { noticeTexts } from '../../testing/notices.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { appInfo, runningServer } from '../../testing/standard-answers.ts';
import { OwnCertificate } from './OwnCertificate.tsx';

async function edit({ outer = null, held = {} }: { outer?: OuterStatus | null; held?: object } = {}) {
  const changes: SettingsPatch[] = [];
  const status = { ...runningServer, reach: { ...runningServer.reach, outer } };
  const shown = renderWith(<OwnCertificate status={status} />, {
    answers: {
      server: { start: () => status, stop: () => ({ ...status, state: 'stopped', url: null, port: null }) },
      app: {
        settings: () => settingsSchema.parse({}),
        info: () => ({ ...appInfo, settingsFromEnvironment: held }),
        changeSettings: (patch: SettingsPatch) => {
          changes.push(patch);
          return settingsSchema.parse(patch);
        },
      },
    },
  });
  const change = await screen.findByRole('button', { name: 'Change certificate and network' });
  await expect.poll(() => change.hasAttribute('disabled')).toBe(false);
  await shown.user.click(change);
  const type = (name: string, text: string) => shown.user.type(screen.getByLabelText(name), text);
  const save = () => shown.user.click(screen.getByRole('button', { name: 'Save' }));
  return { ...shown, changes, type, save };
}

describe('a certificate of one’s own', () => {
  it('is saved with the address, and used after a restart that is one press away', async () => {
    const { user, engine, changes, type, save } = await edit();
    await type('Certificate file', '/etc/cert.pem');
    await type('Key file', ' /etc/key.pem ');
    await type('Listen at', '0.0.0.0:8443');
    await save();
    await expect
      .poll(() => changes)
      .toEqual([
        {
          tlsCert: '/etc/cert.pem',
          tlsKey: '/etc/key.pem',
          listen: '0.0.0.0:8443',
          was: { tlsCert: null, tlsKey: null, listen: null },
        },
      ]);
    await user.click(await screen.findByRole('button', { name: 'Restart server' }));
    await expect.poll(() => engine.inputsOf('server.start')).toHaveLength(1);
    expect(engine.inputsOf('server.stop')).toHaveLength(1);
    await expect.poll(() => screen.queryByText('Applies after a server restart.')).toBeNull();
  });

  it('is not put in the place of one that another window chose, until the person has been told', async () => {
    const { engine, type, save } = await edit();
    const cause = 'This was changed elsewhere to “/etc/other.pem” while you were editing it.';
    engine.answer({
      app: { changeSettings: () => refuse({ code: 'changed-elsewhere', cause, cure: 'Save again.' }) },
    });
    await type('Certificate file', '/etc/cert.pem');
    await type('Key file', '/etc/key.pem');
    await save();
    await expect.poll(() => noticeTexts().join()).toContain(cause);
    expect(screen.getByLabelText<HTMLInputElement>('Certificate file').value).toBe('/etc/cert.pem');
    await save();
    const pair = { tlsCert: '/etc/cert.pem', tlsKey: '/etc/key.pem' };
    await expect
      .poll(() => engine.inputsOf('app.changeSettings'))
      .toEqual([{ ...pair, was: { tlsCert: null, tlsKey: null } }, pair]);
  });

  it('needs both files, and an address of this machine', async () => {
    const { changes, type, save } = await edit();
    await type('Key file', '/etc/key.pem');
    await type('Listen at', 'push.example.org');
    await save();
    expect(screen.getByText('Enter the certificate file too.')).toBeTruthy();
    expect(screen.getByText(/^Enter an IP address/)).toBeTruthy();
    expect(changes).toEqual([]);
  });

  it('says beforehand that nothing is encrypted without it', async () => {
    const { type } = await edit();
    expect(noticeTexts()).toEqual([]);
    await type('Listen at', '0.0.0.0');
    expect(noticeTexts().join()).toContain('nothing is encrypted');
  });

  it('leaves what a variable holds alone', async () => {
    const { changes, type, save } = await edit({ held: { tlsCert: { variable: 'PUSHDESK_TLS_CERT' } } });
    expect(screen.getByLabelText('Certificate file').hasAttribute('disabled')).toBe(true);
    expect(screen.getByText('Set by PUSHDESK_TLS_CERT for this run.')).toBeTruthy();
    await type('Listen at', '::1');
    await save();
    await expect.poll(() => changes).toEqual([{ listen: '::1', was: { listen: null } }]);
  });

  it('says what became of it', async () => {
    await edit({
      outer: {
        address: '0.0.0.0:443',
        isEncrypted: true,
        problem: { code: 'x', cause: 'The certificate has expired.', cure: 'Renew it.' },
        warnings: [],
      },
    });
    expect(noticeTexts().join()).toContain('The certificate has expired.');
  });
});
