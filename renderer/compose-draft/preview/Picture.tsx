import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useQueries } from '../../api/ApiProvider.tsx';

interface PictureProps {
  className: string;
  /** Where it is; `null` shows only its place. */
  address: string | null;
  /** What is shown in its place while it is not loaded. */
  placeholder: ReactNode;
  isLoaded: boolean;
}

/** A picture of the message, fetched by the engine, and only once the person asked for it: this page reaches no site. */
export function Picture({ className, address, placeholder, isLoaded }: PictureProps) {
  const { campaigns } = useQueries();
  const isWanted = isLoaded && address !== null;
  const picture = useQuery({
    ...campaigns.loadPicture.queryOptions({ input: { url: address ?? '' } }),
    enabled: isWanted,
    retry: false,
    staleTime: Infinity,
  });
  if (!isWanted || picture.data === undefined) {
    const words = isWanted && picture.isError ? 'Cannot be shown' : placeholder;
    return <span className={`${className} pd-preview__placeholder`}>{words}</span>;
  }
  return <img className={className} src={`data:${picture.data.type};base64,${picture.data.base64}`} alt="" />;
}
