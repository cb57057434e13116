import { useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useQueries } from '../api/ApiProvider.tsx';

/** Light or dark as the settings say; Mantine remembers it, so that the next start opens in the same mode. */
export function useAppearance() {
  const settings = useQuery(useQueries().app.settings.queryOptions());
  const { setColorScheme } = useMantineColorScheme();
  const appearance = settings.data?.appearance;
  useEffect(() => {
    if (appearance) setColorScheme(appearance === 'system' ? 'auto' : appearance);
  }, [appearance, setColorScheme]);
}
