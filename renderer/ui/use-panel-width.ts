import { useMediaQuery } from '@mantine/hooks';
import { useState, type CSSProperties, type KeyboardEvent, type PointerEvent } from 'react';
import { useViewChoice } from './view-choice.ts';

const LEAST = 330;
const MOST = 800;
const STEP = 20;
/** Narrower windows have no width to spare: the panel has one fixed width, and below 960 pixels it lies over the list. */
const NARROW = '(max-width: 1199px)';

const within = (width: number) => Math.min(MOST, Math.max(LEAST, Math.round(width)));
const widthOf = (kept: unknown): number | null => (typeof kept === 'number' ? within(kept) : null);

/** Whether panels are beside their list, with a width that the person can change. */
export const useIsDocked = (): boolean =>
  !useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false });

/** The width of panels at the right, as the person dragged it: one for all of them. */
export function usePanelWidth() {
  const isDocked = useIsDocked();
  const [kept, keep] = useViewChoice('panel-width', widthOf);
  const [drawn, setDrawn] = useState<number | null>(null);
  const width = drawn ?? kept;
  const widthNow = (edge: Element) => edge.parentElement?.getBoundingClientRect().width ?? LEAST;
  if (!isDocked) return { style: undefined, handle: { hidden: true } };
  return {
    style: (width === null ? undefined : { width }) satisfies CSSProperties | undefined,
    handle: {
      role: 'separator',
      'aria-orientation': 'vertical',
      'aria-valuemin': LEAST,
      'aria-valuemax': MOST,
      'aria-valuenow': width ?? LEAST,
      tabIndex: 0,
      onPointerDown: (event: PointerEvent) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrawn(within(widthNow(event.currentTarget)));
      },
      onPointerMove: (event: PointerEvent) => {
        if (drawn === null) return;
        const right = event.currentTarget.parentElement?.getBoundingClientRect().right ?? 0;
        setDrawn(within(right - event.clientX));
      },
      onPointerUp: () => {
        if (drawn !== null) keep(drawn);
        setDrawn(null);
      },
      onLostPointerCapture: () => {
        setDrawn(null);
      },
      onDoubleClick: () => {
        keep(LEAST);
      },
      onKeyDown: (event: KeyboardEvent) => {
        const by = event.key === 'ArrowLeft' ? STEP : event.key === 'ArrowRight' ? -STEP : 0;
        if (by === 0) return;
        event.preventDefault();
        keep(within((width ?? widthNow(event.currentTarget)) + by));
      },
    },
  } as const;
}
