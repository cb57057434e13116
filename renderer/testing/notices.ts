import { screen } from '@testing-library/react';

const ROLES = ['alert', 'status', 'note'];

/** Every notice that is on screen, as words. */
export const noticeTexts = (): string[] => notices().map(({ textContent }) => textContent);

/** The one notice that says this, with its buttons; fails where there is none, or where it is said twice. */
export function noticeWith(words: string): HTMLElement {
  const [found, ...others] = notices().filter(({ textContent }) => textContent.includes(words));
  if (!found || others.length > 0)
    throw new Error(
      `${others.length + (found ? 1 : 0)} notices say “${words}”. On screen: ${noticeTexts().join(' | ')}`,
    );
  return found;
}

const notices = () =>
  ROLES.flatMap((role) => screen.queryAllByRole(role)).filter(({ textContent }) => textContent !== '');
