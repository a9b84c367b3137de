// How everything looks: type, sizes and every colour of both schemes, once. No screen names a colour.
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

interface Scheme {
  readonly bg: string;
  readonly bg2: string;
  readonly line: string;
  /** The edge of what can be filled in; 3:1 against the background. */
  readonly edge: string;
  readonly text: string;
  readonly quiet: string;
  readonly accent: string;
  readonly accentBg: string;
  readonly onAccent: string;
  readonly ok: string;
  readonly okBg: string;
  readonly attention: string;
  readonly attentionBg: string;
  readonly bad: string;
  readonly badBg: string;
}

const light: Scheme = {
  bg: '#ffffff',
  bg2: '#f6f7f9',
  line: '#e4e7ec',
  edge: '#8b94a3',
  text: '#16181d',
  quiet: '#5b6472',
  accent: '#3b4fd8',
  accentBg: '#eef0fe',
  onAccent: '#ffffff',
  ok: '#0b7a4b',
  okBg: '#e6f5ee',
  attention: '#8f5200',
  attentionBg: '#fff4e0',
  bad: '#b42318',
  badBg: '#fdeceb',
};

const dark: Scheme = {
  bg: '#14161b',
  bg2: '#1b1e25',
  line: '#2b303a',
  edge: '#6b7484',
  text: '#f1f3f6',
  quiet: '#aab2c0',
  accent: '#8c9bff',
  accentBg: '#232a4d',
  onAccent: '#14161b',
  ok: '#4cc38a',
  okBg: '#12291f',
  attention: '#f0b354',
  attentionBg: '#2e2413',
  bad: '#ff8a80',
  badBg: '#361a1a',
};

const indigo: MantineColorsTuple = [
  '#eef0fe',
  '#dfe3fd',
  '#c3caf9',
  '#a5b0f6',
  '#8c9bff',
  '#6f80f0',
  '#5567e6',
  '#4659df',
  '#3b4fd8',
  '#2e3fb5',
];

/** The backgrounds of initials; each carries white at 4.5:1. */
export const avatarColours: readonly string[] = [
  '#6a5acd',
  '#0f766e',
  '#b45309',
  '#be185d',
  '#1d4ed8',
  '#4d7c0f',
  '#7e22ce',
  '#0369a1',
  '#a21caf',
  '#15803d',
  '#b91c1c',
  '#374151',
];

export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, monospace",
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 4 },
  autoContrast: true,
  colors: { indigo },
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '20px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  components: {
    Modal: {
      defaultProps: { closeButtonProps: { 'aria-label': 'Close' }, transitionProps: { duration: 120 } },
    },
    Drawer: {
      defaultProps: { closeButtonProps: { 'aria-label': 'Close' }, transitionProps: { duration: 120 } },
    },
    Button: { defaultProps: { size: 'sm' } },
    Checkbox: { defaultProps: { size: 'xs' } },
  },
});

/** The scheme's colours as `--rc-…`, and Mantine's own variables drawn from them. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: variablesOf(light),
  dark: variablesOf(dark),
});

function variablesOf(scheme: Scheme): Record<string, string> {
  return {
    ...Object.fromEntries(
      Object.entries(scheme).map(([name, value]) => [
        `--rc-${name.replace(/[A-Z2]/g, (part) => `-${part.toLowerCase()}`)}`,
        value,
      ]),
    ),
    '--mantine-color-body': scheme.bg,
    '--mantine-color-text': scheme.text,
    '--mantine-color-dimmed': scheme.quiet,
    '--mantine-color-placeholder': scheme.quiet,
    '--mantine-color-anchor': scheme.accent,
    '--mantine-color-error': scheme.bad,
    '--mantine-color-default': scheme.bg,
    '--mantine-color-default-border': scheme.edge,
    '--mantine-color-default-hover': scheme.bg2,
  };
}
