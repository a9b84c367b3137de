// Every colour of both schemes, once, for the pages' theme and for the toolbar button. Knows values, not where they go.

/** A colour for each thing that has one. */
export interface Scheme {
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

/** What stands on white. */
export const light: Scheme = {
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

/** What stands on near black. */
export const dark: Scheme = {
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
