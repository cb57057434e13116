import {
  ActionIcon,
  Anchor,
  Button,
  Checkbox,
  createTheme,
  type CSSVariablesResolver,
  Input,
  Menu,
  Modal,
  SegmentedControl,
  Skeleton,
  Tooltip,
  type MantineColorsTuple,
} from '@mantine/core';
import { buttonRoot } from './loading-button.tsx';

/** The one colour of actions and selection. White on shade 6 has a contrast of 5.5:1. */
const accent: MantineColorsTuple = [
  '#f1f2ff',
  '#e0e3fd',
  '#bfc5f8',
  '#9aa3f2',
  '#7d88ec',
  '#6572e4',
  '#4f5bd0',
  '#434eb8',
  '#39439e',
  '#2c3480',
];

const gray: MantineColorsTuple = [
  '#f8f8fa',
  '#f2f2f5',
  '#e8e8ed',
  '#dedee5',
  '#cfcfd8',
  '#a5a5b1',
  '#5d5d6a',
  '#474752',
  '#2e2e36',
  '#1b1b20',
];

const dark: MantineColorsTuple = [
  '#ececf0',
  '#c4c4cd',
  '#a5a5b1',
  '#8b8b97',
  '#3a3a43',
  '#2c2c33',
  '#212126',
  '#18181b',
  '#121214',
  '#0b0b0d',
];

const red: MantineColorsTuple = [
  '#fff0ef',
  '#fddedc',
  '#f8bab7',
  '#f3928e',
  '#ee706b',
  '#e2544f',
  '#c93431',
  '#b22b29',
  '#972422',
  '#781c1b',
];

const popup = { shadow: 'md', transitionProps: { duration: 100, transition: 'fade' } } as const;

/** Where Mantine's own are too pale to read, or, in the dark, too dark. */
const PALE = {
  '--mantine-color-placeholder': 'var(--pd-text-faint)',
  '--mantine-color-disabled': 'var(--pd-idle-tint)',
  '--mantine-color-disabled-color': 'var(--pd-text-faint)',
};
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: PALE,
  dark: {
    ...PALE,
    '--mantine-color-error': 'var(--pd-bad)',
    '--mantine-color-red-light-color': 'var(--pd-bad)',
  },
});

const BUTTON_ROOT = { renderRoot: buttonRoot };

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: 6,
  colors: { accent, gray, dark, red },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, monospace",
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  headings: { fontFamily: "'Inter Variable', system-ui, sans-serif", fontWeight: '600' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  cursorType: 'default',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({
      defaultProps: { size: 'sm', ...BUTTON_ROOT },
      vars: (_theme, { size }) => ({
        root:
          size === 'xs'
            ? { '--button-height': '28px' }
            : { '--button-height': '32px', '--button-padding-x': '14px' },
      }),
    }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', ...BUTTON_ROOT } }),
    // In a line of text a link is recognised by more than its colour.
    Anchor: Anchor.extend({ defaultProps: { underline: 'always' } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs', radius: 'xs' } }),
    Input: Input.extend({
      defaultProps: { size: 'sm' },
      vars: () => ({ wrapper: { '--input-height': '34px' }, input: {} }),
    }),
    InputWrapper: Input.Wrapper.extend({
      // Explanations under the field keep the labels of a row on one line, and its fields on another.
      defaultProps: { size: 'sm', inputWrapperOrder: ['label', 'input', 'error', 'description'] },
      vars: () => ({
        label: {},
        description: { '--input-description-size': '12px' },
        error: { '--input-error-size': '12px' },
        success: {},
      }),
    }),
    Menu: Menu.extend({ defaultProps: popup }),
    Modal: Modal.extend({
      defaultProps: {
        // Stays in place when what it says grows: a centred one would jump.
        yOffset: 'clamp(24px, 12vh - 48px, 120px)',
        overlayProps: { backgroundOpacity: 0.35 },
        transitionProps: { duration: 120, transition: 'fade' },
      },
    }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { transitionDuration: 120 } }),
    Skeleton: Skeleton.extend({ defaultProps: { radius: 'xs' } }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        openDelay: 400,
        transitionProps: { duration: 100 },
        events: { hover: true, focus: true, touch: false },
      },
    }),
  },
});
