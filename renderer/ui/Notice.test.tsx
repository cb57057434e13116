import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { renderWith } from '../testing/render-with.tsx';
import { Notice } from './Notice.tsx';
import { ProblemNotice } from './ProblemNotice.tsx';

const PROBLEM = { code: 'x', cause: 'It \u202Efailed.', cure: 'Try again.' };

describe('a notice', () => {
  it('is read out at once where it is a refusal, and only stands there where it warns', () => {
    const { rerender } = renderWith(<ProblemNotice problem={PROBLEM} />);
    expect(screen.getByRole('alert').textContent).toBe('It \\u202Efailed.Try again.');
    rerender(<ProblemNotice problem={PROBLEM} tone="warn" />);
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByRole('note')).toBeTruthy();
  });

  it('comes into view where it answers a press, and never else', () => {
    const scroll = vi.spyOn(Element.prototype, 'scrollIntoView');
    const { rerender } = renderWith(<Notice tone="warn" cause="It waits." role="status" />);
    expect(scroll).not.toHaveBeenCalled();
    rerender(<Notice tone="bad" cause="It failed." role="alert" />);
    expect(scroll).toHaveBeenCalledOnce();
  });
});
