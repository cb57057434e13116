import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createApi } from './api/api.ts';
import { createEngineConnection } from './api/connection.ts';
import { createWorkspacesConnection } from './api/workspaces.ts';
import { App } from './app/App.tsx';

const workspaces = createWorkspacesConnection(window);
const api = createApi(createEngineConnection(window, workspaces), workspaces);
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App api={api} />
    </StrictMode>,
  );
}
