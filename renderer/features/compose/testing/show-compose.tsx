import type { DraftContent } from '../../../../electron/contract/drafts.ts';
import { screen } from '@testing-library/react';
import { Route } from 'wouter';
import type { Preflight } from '../../../../electron/contract/preflight.ts';
import type { Answers } from '../../../testing/fake-engine.ts';
import { draftAnswers } from '../../../testing/draft-answers.ts';
import { renderWith } from '../../../testing/render-with.tsx';
import { samplePreflight } from '../../../testing/samples.ts';
import { ComposeScreen } from '../ComposeScreen.tsx';

export const WRITTEN: Partial<DraftContent> = {
  message: { title: 'Good morning' },
  audience: { kind: 'everyone' },
};

export const SCREEN = (
  <Route path="/compose/:act?">
    <ComposeScreen />
  </Route>
);

interface Compose {
  draft?: Partial<DraftContent> | null;
  preflight?: Partial<Preflight>;
  campaigns?: Answers['campaigns'];
  path?: string;
}

export async function show({
  draft = WRITTEN,
  preflight = {},
  campaigns = {},
  path = '/compose',
}: Compose = {}) {
  const rendered = renderWith(SCREEN, {
    path,
    answers: {
      drafts: draftAnswers(draft),
      campaigns: { preflight: () => samplePreflight(preflight), ...campaigns },
      subscriptions: { list: () => ({ items: [], nextCursor: null }) },
    },
  });
  // When a question is in front of it, it is out of reach.
  await screen.findByRole('textbox', { name: 'Title', hidden: true });
  return rendered;
}

export const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
/** Opens fields that are folded. */
export const unfold = ({ user }: { user: ReturnType<typeof renderWith>['user'] }, ...names: string[]) =>
  names.reduce((before, name) => before.then(() => user.click(button(name))), Promise.resolve());
export const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });
/** Fills a field at once: each typed key would draw the whole screen anew. */
export async function paste(
  { user }: { user: ReturnType<typeof renderWith>['user'] },
  name: string,
  text: string,
) {
  await user.click(field(name));
  await user.paste(text);
}
export const started = (engine: { inputsOf: (procedure: string) => unknown[] }) =>
  engine.inputsOf('campaigns.start');
