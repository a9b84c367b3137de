// The look of mails: inline styles for the light scheme, and the rules that turn them dark. Knows colours, no words.

const light = {
  page: '#f6f7f9',
  card: '#ffffff',
  line: '#e4e7ec',
  text: '#16181d',
  quiet: '#5b6472',
  accent: '#3b4fd8',
  onAccent: '#ffffff',
  soft: '#eef0fe',
} as const;

const night: { readonly [Name in keyof typeof light]: string } = {
  page: '#14161b',
  card: '#1b1e25',
  line: '#2b303a',
  text: '#f1f3f6',
  quiet: '#aab2c0',
  accent: '#8c9bff',
  onAccent: '#14161b',
  soft: '#232a4d',
};

// Names of one word only: quotation marks would be escaped, and a style element does not unescape them.
const sans = 'Inter, -apple-system, BlinkMacSystemFont, Roboto, Helvetica, Arial, sans-serif';
const mono = 'ui-monospace, Menlo, Consolas, monospace';

const text = { margin: '0 0 16px', color: light.text, fontSize: '15px', lineHeight: '24px' } as const;
const quiet = { margin: '0 0 8px', color: light.quiet, fontSize: '13px', lineHeight: '20px' } as const;

/** Inline, because some programs read nothing else. */
export const styles = {
  page: { margin: '0', padding: '24px 12px', backgroundColor: light.page, fontFamily: sans },
  sender: { ...quiet, maxWidth: '600px', margin: '0 auto 12px', padding: '0 4px', fontWeight: 600 },
  card: {
    maxWidth: '600px',
    backgroundColor: light.card,
    border: `1px solid ${light.line}`,
    borderRadius: '6px',
    borderCollapse: 'separate',
  },
  inside: { padding: '32px 28px 20px' },
  heading: { margin: '0 0 16px', color: light.text, fontSize: '20px', lineHeight: '28px', fontWeight: 600 },
  text,
  quoteBy: { ...quiet, margin: '8px 0 4px' },
  quote: {
    ...text,
    margin: '0 0 20px',
    padding: '12px 16px',
    backgroundColor: light.soft,
    borderLeft: `3px solid ${light.accent}`,
    overflowWrap: 'anywhere',
  },
  actionRow: { margin: '8px 0 24px' },
  button: {
    padding: '12px 20px',
    backgroundColor: light.accent,
    borderRadius: '6px',
    color: light.onAccent,
    fontSize: '15px',
    fontWeight: 600,
  },
  code: {
    margin: '0 0 24px',
    padding: '12px 16px',
    backgroundColor: light.page,
    borderRadius: '6px',
    color: light.text,
    fontFamily: mono,
    fontSize: '24px',
    lineHeight: '32px',
    letterSpacing: '4px',
  },
  line: { margin: '8px 0 16px', borderTop: `1px solid ${light.line}` },
  quiet,
  address: { color: light.accent, fontSize: '12px', wordBreak: 'break-all' },
  footer: { ...quiet, maxWidth: '600px', margin: '16px auto 0', padding: '0 4px' },
  footerLink: { color: light.quiet, textDecoration: 'underline' },
} as const;

/** The classes that the dark rules hold on to. */
export const dark = {
  page: 'page',
  card: 'card',
  text: 'text',
  quiet: 'quiet',
  quote: 'quote',
  button: 'button',
  code: 'code',
  line: 'line',
  link: 'link',
} as const;

const rules: { readonly [Name in keyof typeof dark]: string } = {
  page: `background-color:${night.page}!important`,
  card: `background-color:${night.card}!important;border-color:${night.line}!important`,
  text: `color:${night.text}!important`,
  quiet: `color:${night.quiet}!important`,
  quote: `background-color:${night.soft}!important;border-color:${night.accent}!important;color:${night.text}!important`,
  button: `background-color:${night.accent}!important;color:${night.onAccent}!important`,
  code: `background-color:${night.page}!important;color:${night.text}!important`,
  line: `border-color:${night.line}!important`,
  link: `color:${night.accent}!important`,
};

/** The style element: both schemes declared, and the dark one in effect where the reader's program wants it. */
export const darkRules = `:root{color-scheme:light dark;supported-color-schemes:light dark}@media (prefers-color-scheme:dark){${Object.entries(
  rules,
)
  // With their cells: the page's cell has a colour of its own, and the card's must not take it over.
  .map(([name, rule]) => `.${name}${name === 'page' || name === 'card' ? `,.${name} td` : ''}{${rule}}`)
  .join('')}}`;
