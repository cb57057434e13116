import { screen } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { EMPTY_FILTER } from '../../audience/filter.ts';
import type { Choice } from '../../compose-draft/composition.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { sampleSegment, subscriptionId } from '../../testing/samples.ts';
import { AudiencePicker } from './AudiencePicker.tsx';

const asked = vi.fn<(choice: Choice) => void>();

function Picker({ initial }: { initial: Choice }) {
  const [choice, setChoice] = useState(initial);
  return (
    <AudiencePicker
      choice={choice}
      onChange={(next) => {
        asked(next);
        setChoice(next);
      }}
    />
  );
}

function show(initial: Choice) {
  asked.mockReset();
  return renderWith(<Picker initial={initial} />, {
    answers: {
      subscriptions: { list: () => ({ items: [], nextCursor: null }) },
      audience: {
        segments: { list: () => ({ items: [sampleSegment({ id: 3, name: 'Oslo' })] }) },
        tags: { list: () => ({ items: [{ name: 'staff', count: 12 }] }) },
      },
    },
  });
}
const last = () => asked.mock.lastCall?.[0];
const picker = (label: string) => screen.getByLabelText(label, { selector: 'input' });
const option = (name: RegExp) => screen.findByRole('option', { name });

describe('the audience of a message', () => {
  it('is any number of segments and tags, with how many each reaches', async () => {
    const { user } = show({ kind: 'everyone' });
    await user.click(screen.getByRole('radio', { name: 'Segments' }));
    expect(last()).toEqual({ kind: 'matching', anyOf: [] });
    await user.click(picker('Segments and tags'));
    expect((await option(/^Oslo/)).textContent).toBe('Oslo1,100');
    await user.click(await option(/^Oslo/));
    await user.click(await option(/^staff/));
    expect(last()).toEqual({
      kind: 'matching',
      anyOf: [
        { kind: 'segment', id: 3 },
        { kind: 'tag', tag: 'staff' },
      ],
    });
  });

  it('leaves out segments and tags, whoever gets it else', async () => {
    const { user } = show({ kind: 'everyone' });
    await user.click(screen.getByRole('button', { name: 'Leave some out…' }));
    await user.click(picker('Leave out'));
    await user.click(await option(/^staff/));
    const leaveOut = [{ kind: 'tag', tag: 'staff' }];
    expect(last()).toEqual({ kind: 'everyone', leaveOut });
    await user.click(screen.getByRole('radio', { name: 'Segments' }));
    expect(last()).toEqual({ kind: 'matching', anyOf: [], leaveOut });
    await user.click(screen.getByRole('radio', { name: 'One' }));
    expect(last()).toEqual({ kind: 'one', id: null });
  });

  it('keeps what was chosen while another kind is looked at', async () => {
    const anyOf = [{ kind: 'tag' as const, tag: 'gone since' }];
    const { user } = show({ kind: 'matching', anyOf });
    await user.click(screen.getByRole('radio', { name: 'Everyone active' }));
    await user.click(screen.getByRole('radio', { name: 'Segments' }));
    expect(last()).toEqual({ kind: 'matching', anyOf });
    expect(screen.getByText('gone since')).toBeTruthy();
  });

  it('says what came from Subscriptions, and what is not there any more', async () => {
    const removed = sampleSegment({ id: 9 }).id;
    show({
      kind: 'matching',
      anyOf: [
        { kind: 'filter', filter: { ...EMPTY_FILTER, tagsNoneOf: ['trial'] } },
        { kind: 'segment', id: removed },
      ],
      leaveOut: [{ kind: 'chosen', ids: [1, 2].map(subscriptionId) }],
    });
    expect(await screen.findByText('Not tagged: trial')).toBeTruthy();
    expect(screen.getByText('Removed segment')).toBeTruthy();
    expect(screen.getByText('2 chosen rows')).toBeTruthy();
  });
});
