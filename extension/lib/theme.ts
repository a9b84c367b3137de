// How everything looks: type, sizes, and the schemes' colours as variables. No screen names a colour.
import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
} from '@mantine/core';
import { dark, light, type Scheme } from './scheme-colours.ts';

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

/** What the library draws its dark parts with, from text to ground. */
const slate: MantineColorsTuple = [
  dark.text,
  dark.quiet,
  '#8b94a3',
  dark.edge,
  dark.line,
  '#242832',
  dark.bg2,
  dark.bg,
  '#101216',
  '#0c0d10',
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

/** The head of a dialog is no head of the page, whatever its element says. */
const dialogParts = {
  closeButtonProps: { 'aria-label': 'Close' },
  transitionProps: { duration: 120 },
  attributes: { header: { role: 'none' } },
};

export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, monospace",
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 4 },
  autoContrast: true,
  // The library takes the contrast of the light scheme for both.
  variantColorResolver: (input) => {
    const colours = defaultVariantColorsResolver(input);
    const isAccent = input.variant === 'filled' && (input.color ?? 'indigo') === 'indigo';
    return isAccent ? { ...colours, color: 'var(--rc-on-accent)' } : colours;
  },
  colors: { indigo, dark: slate },
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '20px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  components: {
    Modal: { defaultProps: dialogParts },
    Drawer: { defaultProps: dialogParts },
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
    '--mantine-color-indigo-light': scheme.accentBg,
    '--mantine-color-indigo-light-hover': scheme.accentBg,
    '--mantine-color-indigo-light-color': scheme.accent,
    '--mantine-color-error': scheme.bad,
    '--mantine-color-default': scheme.bg,
    '--mantine-color-default-border': scheme.edge,
    '--mantine-color-default-hover': scheme.bg2,
  };
}
