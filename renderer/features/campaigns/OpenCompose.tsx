import { Button, type ButtonProps } from '@mantine/core';
import { useLocation } from 'wouter';
import { SCREENS } from '../../navigation/screens.ts';

/** The way on from a list that is empty until something is sent. */
export function OpenCompose({ variant }: Pick<ButtonProps, 'variant'>) {
  const [, navigate] = useLocation();
  return (
    <Button
      {...(variant !== undefined && { variant })}
      onClick={() => {
        navigate(SCREENS.compose.path);
      }}
    >
      Open Compose
    </Button>
  );
}
