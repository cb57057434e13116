import { useState, type ReactNode } from 'react';

interface PictureProps {
  className: string;
  /** Where it is; `null` shows only its place. */
  address: string | null;
  /** What stands in its place while it is not loaded. */
  placeholder: ReactNode;
  isLoaded: boolean;
}

/** A picture of the message, fetched only once the person asked for it. */
export function Picture({ className, address, placeholder, isLoaded }: PictureProps) {
  const [broken, setBroken] = useState<string | null>(null);
  if (!isLoaded || address === null || broken === address) {
    const words = isLoaded ? 'Cannot be shown' : placeholder;
    return <span className={`${className} pd-preview__placeholder`}>{words}</span>;
  }
  return (
    <img
      className={className}
      src={address}
      alt=""
      referrerPolicy="no-referrer"
      onError={() => {
        setBroken(address);
      }}
    />
  );
}
