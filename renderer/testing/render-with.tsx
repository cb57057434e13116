import { MantineProvider } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import { cleanup, render } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { expect, onTestFinished } from 'vitest';
import { memoryLocation } from 'wouter/memory-location';
import type { WorkspacesConnection } from '../api/workspaces.ts';
import { ApiProvider } from '../api/ApiProvider.tsx';
import { GuardedRouter } from '../app/GuardedRouter.tsx';
import { theme } from '../app/theme.ts';
import { KeptProvider } from '../ui/kept.tsx';
import { NowProvider } from '../ui/Now.tsx';
import { createFakeEngine, type Answers } from './fake-engine.ts';

interface Surroundings {
  /** What the engine says in addition to what it says on a machine where all is well. */
  answers?: Answers;
  /** Where the window is at first. */
  path?: string;
  /** The app around the window; without one it knows of no workspaces. */
  workspaces?: WorkspacesConnection;
}

/**
 * Puts a part of the window on the page as the app does: in its theme, beside its toasts, on an engine that answers as told.
 * Everything is taken away when the test ends; a call that no answer was given for fails it.
 */
export function renderWith(ui: ReactNode, { answers = {}, path = '/', workspaces }: Surroundings = {}) {
  const engine = createFakeEngine(answers, workspaces);
  const location = memoryLocation({ path, record: true });
  const around = (children: ReactNode) => (
    // Without the rules that only a drawn page needs: each look for an element asks every rule whether it hides something.
    <MantineProvider theme={theme} withCssVariables={false} withGlobalClasses={false}>
      <ApiProvider api={engine.api}>
        <NowProvider>
          <KeptProvider>
            <GuardedRouter hook={location.hook} searchHook={location.searchHook}>
              {children}
            </GuardedRouter>
          </KeptProvider>
        </NowProvider>
      </ApiProvider>
      {/* What can be taken back stays until it is: a busy machine takes longer than a person. */}
      <Notifications autoClose={false} transitionDuration={0} />
    </MantineProvider>
  );
  const root = document.createElement('div');
  // Dialogs keep what is behind them, found by this name, out of reach.
  root.id = 'root';
  document.body.append(root);
  onTestFinished(() => {
    notifications.clean();
    cleanup();
    engine.api.queryClient.clear();
    document.body.replaceChildren();
    localStorage.clear();
    expect([...engine.unanswered], 'calls that no answer was given for').toEqual([]);
  });
  const user = userEvent.setup();
  const { rerender } = render(around(ui), { container: root });
  return {
    user,
    engine,
    /** Where the window is. */
    path: () => location.history.at(-1),
    rerender: (next: ReactNode) => {
      rerender(around(next));
    },
  };
}
