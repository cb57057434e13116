import { useMutation } from '@tanstack/react-query';
import { useQueries, useWorkspaces } from '../../api/ApiProvider.tsx';

/** Opens the subscribe page in the browser of this computer: the engine's own, or that of a server at its public address. */
export function useOpenSubscribePage() {
  const view = useWorkspaces();
  const { server } = useQueries();
  const address = view?.current.kind === 'server' ? `${view.current.place}/` : null;
  return useMutation({
    networkMode: 'always',
    mutationFn: async () => {
      // Leads to the browser, after a question: the window itself goes nowhere.
      if (address === null) await server.openSubscribePage.call();
      else window.open(address, '_blank', 'noreferrer');
    },
  });
}
