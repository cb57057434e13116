import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { refuse, type Answers } from '../../testing/fake-engine.ts';
import { noticeTexts } from '../../testing/notices.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { runningServer } from '../../testing/standard-answers.ts';
import { ApiAccess } from './ApiAccess.tsx';

const PLACE = { file: '/home/ada/.config/Pushdesk/api-token' };
const REFUSED = { code: 'no', cause: 'The clipboard is busy.', cure: 'Try again.' };
const show = (answers: Answers = {}) => renderWith(<ApiAccess status={runningServer} />, { answers });
const button = (name: string) => screen.getByRole('button', { name });

describe('the token of the local API', () => {
  it('is copied without ever coming to this page', async () => {
    const { user } = show({ server: { copyApiToken: () => PLACE } });
    await user.click(button('Copy API token'));
    expect(await screen.findByText('API token copied.')).toBeTruthy();
  });

  it('says why it was not copied, until something else is pressed', async () => {
    const { user } = show({ server: { copyApiToken: () => refuse(REFUSED), showApiToken: () => PLACE } });
    await user.click(button('Copy API token'));
    await expect.poll(noticeTexts).toEqual(['The clipboard is busy.Try again.']);
    await user.click(button('Show API token'));
    await expect.poll(noticeTexts).toEqual([]);
  });

  it('is renewed after a question only, with the reason in it where it fails', async () => {
    const { user, engine } = show({ server: { renewApiToken: () => refuse(REFUSED) } });
    await user.click(button('Renew API token'));
    const dialog = await screen.findByRole('dialog', { name: 'Renew the API token?' });
    expect(dialog.textContent).toContain('Scripts that use the old token stop working');
    const renew = within(dialog).getByRole('button', { name: 'Renew API token' });
    await user.click(renew);
    expect(await within(dialog).findByText('The clipboard is busy.')).toBeTruthy();
    engine.answer({ server: { renewApiToken: () => PLACE } });
    await user.click(renew);
    expect(await screen.findByText('API token renewed. Update your scripts.')).toBeTruthy();
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
  });

  it('is kept after a no', async () => {
    const { user, engine } = show();
    await user.click(button('Renew API token'));
    await user.click(await screen.findByRole('button', { name: 'Keep API token' }));
    expect(engine.inputsOf('server.renewApiToken')).toEqual([]);
  });
});

describe('the reference of the local API', () => {
  it('is where the server is, and nowhere while it is off', () => {
    const { rerender } = show();
    const link = screen.getByRole<HTMLAnchorElement>('link');
    expect(link.href).toBe('http://localhost:4830/api/v1/openapi.json');
    rerender(<ApiAccess status={{ ...runningServer, state: 'stopped', url: null }} />);
    expect(screen.queryByRole('link')).toBeNull();
    expect(screen.getByText(/Turn the server on to use it\.$/)).toBeTruthy();
  });
});

it('says that a new token was made, because the file held none', async () => {
  const tokenProblem = {
    code: 'api-token-replaced',
    cause: 'The file held no valid API token, so Pushdesk made a new one.',
    cure: 'Give your scripts the new token.',
  };
  renderWith(<ApiAccess status={{ ...runningServer, tokenProblem }} />);
  await expect.poll(noticeTexts).toEqual([`${tokenProblem.cause}${tokenProblem.cure}`]);
});
