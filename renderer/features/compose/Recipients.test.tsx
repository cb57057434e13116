import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Preflight } from '../../../electron/contract/preflight.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { keyPairId, samplePreflight } from '../../testing/samples.ts';
import { Recipients } from './Recipients.tsx';

const service = (change: Partial<Preflight['services'][number]> = {}): Preflight['services'][number] => ({
  pushService: 'mozilla',
  count: 1204,
  bodyBytes: 415,
  bodyLimit: 4096,
  ttlSeconds: 86_400,
  topic: '',
  ...change,
});
const part = (id: number, count: number): Preflight['byPart'][number] => ({
  pushService: 'mozilla',
  keyPairId: keyPairId(id),
  keyPairName: `Key ${id}`,
  subject: 'mailto:a@b.example',
  count,
});
const show = (change: Partial<Preflight>) => renderWith(<Recipients preflight={samplePreflight(change)} />);
const items = (list: string) =>
  within(screen.getByRole('list', { name: list }))
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);

describe('who will get it', () => {
  it.each([
    [0, '0 recipients'],
    [1, '1 recipient'],
    [1204, '1,204 recipients'],
  ])('is counted: %i', (recipients, words) => {
    show({ recipients });
    expect(screen.getByText(words)).toBeTruthy();
  });

  it('is nobody while nobody is chosen', () => {
    renderWith(<Recipients preflight={undefined} />);
    expect(screen.getByText('Nobody yet')).toBeTruthy();
  });

  it('is told by push service: how large, how long kept, under what topic, signed by whom', () => {
    show({
      services: [service({ topic: 'news' }), service({ pushService: 'apple', count: 1, ttlSeconds: 0 })],
      byPart: [part(1, 1204)],
    });
    expect(items('By push service and key pair')).toEqual([
      '1,204Mozilla415 of 4,096 bytes encrypted, kept for 1 day, topic newssigned with Key 1, mailto:a@b.example',
      '1Apple415 of 4,096 bytes encrypted, not kept',
    ]);
  });

  it('is told once what holds for each push service', () => {
    show({
      services: [service(), service({ pushService: 'apple', count: 1 })],
      byPart: [part(1, 1204), { ...part(1, 1), pushService: 'apple' }],
    });
    expect(items('By push service and key pair')).toEqual(['1,204Mozilla', '1Apple']);
    expect(screen.getByRole('group', { name: 'For all of them' }).textContent).toBe(
      '415 of 4,096 bytes encrypted, kept for 1 daysigned with Key 1, mailto:a@b.example',
    );
  });

  it('is counted by key pair where several sign for one push service', () => {
    show({ services: [service()], byPart: [part(1, 1200), part(2, 4)] });
    expect(items('By push service and key pair')[0]).toMatch(/1,200 signed with Key 1.*4 signed with Key 2/);
  });

  it.each([
    [null, null],
    [999, null],
    [90_000, 'Takes about 1 minute 30 seconds, going by your last campaign or your limit.'],
  ])('says how long it takes where that is worth a word: %s ms', (timeNeededMs, words) => {
    show({ timeNeededMs });
    expect(screen.queryByText(/^Takes about/)?.textContent ?? null).toBe(words);
  });

  it('says who is left out, and why, also where nobody is left', () => {
    show({
      recipients: 0,
      services: [service()],
      excluded: [{ reason: 'gone', count: 1204, cause: 'It is gone.', cure: 'Subscribe again.' }],
    });
    expect(items('Left out')).toEqual(['1,204left out: It is gone. Subscribe again.']);
    expect(screen.queryByRole('list', { name: 'By push service and key pair' })).toBeNull();
  });
});
