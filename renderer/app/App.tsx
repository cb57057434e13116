import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './tokens.css';
import './global.css';
import './forced-colors.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import type { Api } from '../api/api.ts';
import { ApiProvider } from '../api/ApiProvider.tsx';
import { KeptProvider } from '../ui/kept.tsx';
import { NowProvider } from '../ui/Now.tsx';
import { GuardedRouter } from './GuardedRouter.tsx';
import { Shell } from './Shell.tsx';
import { cssVariables, theme } from './theme.ts';

export function App({ api }: { api: Api }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <ApiProvider api={api}>
        <NowProvider>
          <KeptProvider>
            <GuardedRouter>
              <Shell />
            </GuardedRouter>
          </KeptProvider>
        </NowProvider>
      </ApiProvider>
      <Notifications
        position="bottom-right"
        containerWidth={380}
        autoClose={10_000}
        transitionDuration={120}
      />
    </MantineProvider>
  );
}
