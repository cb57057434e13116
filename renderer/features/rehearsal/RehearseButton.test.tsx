import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Message } from '../../../electron/contract/message.ts';
import { refuse, type Answers } from '../../testing/fake-engine.ts';
import { noticeTexts, noticeWith } from '../../testing/notices.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { MOMENT, sampleMessage, sampleRehearsal } from '../../testing/samples.ts';
import { ORDINARY_FAULTS } from './fault-fields.ts';
import { RehearseButton } from './RehearseButton.tsx';
import { SAMPLE_MESSAGE } from './sample-message.ts';

async function open(rehearsal: Answers['rehearsal'] = {}, message: Message | null = sampleMessage()) {
  const rendered = renderWith(<RehearseButton message={message} />, { answers: { rehearsal } });
  await rendered.user.click(screen.getByRole('button', { name: 'Rehearse' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Rehearse this message' }));
  return { ...rendered, dialog, starts: () => rendered.engine.inputsOf('rehearsal.start') };
}

const devices = () => screen.findByRole<HTMLInputElement>('textbox', { name: 'Virtual devices' });
const start = () => screen.findByRole('button', { name: 'Start rehearsal' });
const slider = (name: string) => screen.getByRole('slider', { name });

describe('rehearsing a message', () => {
  it('begins with what is asked for, and leads to it', async () => {
    const { user, starts, path } = await open({ start: () => sampleRehearsal() });
    expect((await devices()).value).toBe('1,000');
    await user.click(screen.getByRole('button', { name: '10,000' }));
    await user.click(await start());
    await expect.poll(path).toBe('/rehearsal');
    expect(starts()).toEqual([
      { message: sampleMessage(), devices: 10_000, faults: ORDINARY_FAULTS, services: [] },
    ]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('takes a sample where nothing is written yet, and says so', async () => {
    const { user, starts, dialog } = await open(
      { start: () => sampleRehearsal() },
      { ...sampleMessage(), title: ' ' },
    );
    expect(dialog.getByText(/There is no title yet, so a sample message is used\.$/)).toBeTruthy();
    await user.click(await start());
    await expect.poll(starts).toMatchObject([{ message: SAMPLE_MESSAGE }]);
  });

  it.each(['', '9', '1000001'])('refuses “%s” devices at the field', async (typed) => {
    const { user, starts } = await open();
    const field = await devices();
    await user.clear(field);
    if (typed !== '') await user.type(field, typed);
    expect(screen.getByText('Enter a number from 10 to 1,000,000.')).toBeTruthy();
    await user.click(await start());
    expect(document.activeElement).toBe(field);
    expect(starts()).toEqual([]);
  });

  it('refuses shares that are more than everything, at their slider and for its reader', async () => {
    const { user, starts } = await open();
    await start();
    slider('Wrong key').focus();
    await user.keyboard('{End}');
    expect(slider('Wrong key').getAttribute('aria-valuetext')).toBe('100 percent');
    expect(slider('Wrong key').getAttribute('aria-invalid')).toBe('true');
    expect(noticeTexts()).toContain('Gone and wrong key together cannot be more than 100%.');
    await user.click(await start());
    expect(document.activeElement).toBe(slider('Wrong key'));
    expect(starts()).toEqual([]);
    slider('Gone').focus();
    await user.keyboard('{Home}');
    expect(slider('Wrong key').getAttribute('aria-invalid')).toBeNull();
  });

  it('warns that it can take hours where most requests fail', async () => {
    const { user } = await open();
    await start();
    expect(screen.queryByText('This can take hours.')).toBeNull();
    slider('Service error').focus();
    await user.keyboard('{End}{ArrowLeft}{ArrowLeft}');
    expect(noticeWith('This can take hours.')).toBeTruthy();
  });

  it('sets all sliders at once by a preset, and is an own mix once one is moved', async () => {
    const { user, starts } = await open({ start: () => sampleRehearsal() });
    await start();
    const chosen = () => screen.getByRole<HTMLInputElement>('radio', { checked: true }).value;
    const shares = () => screen.getAllByRole('slider').map((one) => one.getAttribute('aria-valuetext'));
    expect(chosen()).toBe('typical');
    await user.click(screen.getByRole('radio', { name: 'None' }));
    expect(shares()).toEqual(Array.from({ length: 7 }, () => '0 percent'));
    await user.click(screen.getByRole('radio', { name: 'Bad day' }));
    expect(slider('Service error').getAttribute('aria-valuetext')).toBe('15 percent');
    expect(chosen()).toBe('bad-day');
    slider('Gone').focus();
    await user.keyboard('{Home}');
    expect(chosen()).toBe('own');
    expect(slider('Service error').getAttribute('aria-valuetext')).toBe('15 percent');
    await user.click(await start());
    await expect.poll(starts).toMatchObject([{ faults: { gone: 0, serviceErrors: 15 }, services: [] }]);
  });

  it('goes like the last campaign where one has finished, and names it', async () => {
    const faults = { ...ORDINARY_FAULTS, gone: 12.3, rateLimited: 0.1 };
    const { user, starts } = await open({
      start: () => sampleRehearsal(),
      lastCampaign: () => ({
        title: 'Spring sale',
        finishedAt: MOMENT,
        recipients: 94_760,
        faults,
        services: [{ pushService: 'fcm', share: 62, faults }],
      }),
    });
    await user.click(await screen.findByRole('radio', { name: 'Last campaign' }));
    expect(screen.getByText('“Spring sale”').parentElement?.textContent).toContain('94,760 recipients');
    expect(slider('Gone').getAttribute('aria-valuetext')).toBe('12.3 percent');
    await user.click(await start());
    await expect.poll(starts).toMatchObject([{ faults, services: [{ pushService: 'fcm', share: 62 }] }]);
  });

  it('says why it cannot go like the last campaign where none has finished', async () => {
    await open();
    expect(await screen.findByText(/^Once a campaign has finished,/)).toBeTruthy();
    expect(screen.queryByRole('radio', { name: 'Last campaign' })).toBeNull();
  });

  it('asks before settings that were changed are thrown away, and not where they were not', async () => {
    const { user, dialog } = await open();
    await user.click(await screen.findByRole('button', { name: '100' }));
    await user.keyboard('{Escape}');
    expect(dialog.getByRole('group', { name: 'Discard these settings?' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Keep editing' }));
    await user.click(screen.getByRole('button', { name: '1,000' }));
    await user.keyboard('{Escape}');
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
  });

  it('says why it did not begin, and keeps what was set', async () => {
    const { user } = await open({
      start: () => refuse({ code: 'full', cause: 'The disk is full.', cure: 'Make room.' }),
    });
    await user.click(await screen.findByRole('button', { name: '100' }));
    await user.click(await start());
    expect(await screen.findByText('The disk is full.')).toBeTruthy();
    expect((await devices()).value).toBe('100');
  });

  it.each(['registering', 'sending'] as const)(
    'leads to one that is %s: there is one at a time',
    async (state) => {
      const { user, path } = await open({ current: () => sampleRehearsal({ state }) });
      await user.click(await screen.findByRole('button', { name: 'Open rehearsal' }));
      expect(path()).toBe('/rehearsal');
      expect(screen.queryByRole('button', { name: 'Start rehearsal' })).toBeNull();
    },
  );

  it('says that it discards the last one', async () => {
    await open({ current: () => sampleRehearsal({ state: 'finished' }) });
    expect(await screen.findByText('Starting discards the last rehearsal.')).toBeTruthy();
    expect(await start()).toBeTruthy();
  });
});

describe('a message that is not right yet', () => {
  it('is not rehearsed: the dialog says so', async () => {
    const { dialog } = await open({}, null);
    expect(await dialog.findByText('Some fields of the message have errors.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Start rehearsal' })).toBeNull();
  });

  it('is told to who can lead to the fields instead', async () => {
    const onRefused = vi.fn();
    const { user } = renderWith(<RehearseButton message={null} onRefused={onRefused} />);
    await user.click(screen.getByRole('button', { name: 'Rehearse' }));
    expect(onRefused).toHaveBeenCalledOnce();
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
