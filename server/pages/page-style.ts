// The one stylesheet of the server's pages: colours in light and dark, type, spacing. Knows elements, no page.
import { createHash } from 'node:crypto';

/** Stands inside each page, so that a page is one answer and works wherever it is opened. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --background: #f6f7f9; --card: #fff; --line: #e4e7ec; --edge: #7b8494; --text: #16181d; --quiet: #5b6472;
  --accent: #3b4fd8; --on-accent: #fff; --accent-soft: #eef0fe;
  --ok: #0b7a4b; --ok-soft: #e6f5ee; --attention: #8f5200; --attention-soft: #fff4e0; --bad: #b42318; --bad-soft: #fdeceb;
}
@media (prefers-color-scheme: dark) {
  :root {
    --background: #14161b; --card: #1b1e25; --line: #2b303a; --edge: #7d8798; --text: #f1f3f6; --quiet: #aab2c0;
    --accent: #8c9bff; --on-accent: #14161b; --accent-soft: #232a4d;
    --ok: #4cc38a; --ok-soft: #12291f; --attention: #f0b354; --attention-soft: #2e2413; --bad: #ff8a80; --bad-soft: #361a1a;
  }
}
* { box-sizing: border-box; }
html { background: var(--background); -webkit-text-size-adjust: 100%; }
body {
  margin: 0; min-height: 100vh; min-height: 100dvh; display: flex; flex-direction: column; align-items: center;
  padding: 24px 16px; color: var(--text); overflow-wrap: anywhere;
  font: 15px/1.55 Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
header, main, footer { width: 100%; max-width: 440px; }
.wide header, .wide main, .wide footer { max-width: 720px; }
header {
  display: flex; align-items: center; justify-content: space-between; gap: 16px; padding: 8px 4px 16px;
  font-weight: 600;
}
header a, header span { display: inline-flex; align-items: center; gap: 8px; min-height: 44px; }
header a { color: inherit; text-decoration: none; }
header svg { width: 22px; height: 22px; color: var(--accent); }
header .org { font-weight: 400; color: var(--quiet); }
main { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 32px; }
footer { padding: 16px 4px; font-size: 13px; color: var(--quiet); }
h1 { font-size: 20px; line-height: 1.3; font-weight: 600; margin: 0 0 12px; }
h2 { font-size: 15px; font-weight: 600; margin: 28px 0 8px; }
p { margin: 0 0 16px; }
main > :last-child { margin-bottom: 0; }
.quiet, .hint { color: var(--quiet); }
.hint, .problem, .small { font-size: 13px; }
a { color: var(--accent); }
form { margin: 0 0 16px; }
.field { margin: 0 0 20px; }
label { display: block; font-weight: 600; }
.hint, .problem { display: block; margin: 2px 0 0; }
.problem { color: var(--bad); }
input, select, textarea {
  display: block; width: 100%; min-height: 44px; margin-top: 8px; padding: 8px 12px; font: inherit; font-size: 16px;
  color: var(--text); background: var(--card); border: 1px solid var(--edge); border-radius: 6px;
}
textarea { min-height: 96px; }
input[aria-invalid="true"] { border-color: var(--bad); border-width: 2px; }
input.code { font-size: 22px; letter-spacing: .16em; font-variant-numeric: tabular-nums; }
button, .button {
  display: inline-flex; align-items: center; justify-content: center; min-height: 44px; padding: 8px 20px;
  font: inherit; font-weight: 600; text-decoration: none; cursor: pointer; border-radius: 6px;
  border: 1px solid transparent; color: var(--on-accent); background: var(--accent);
}
button:hover, .button:hover { filter: brightness(1.08); }
button.second, .button.second { color: var(--text); background: transparent; border-color: var(--edge); }
button.second:hover, .button.second:hover { filter: none; background: var(--background); }
form > button:only-of-type { width: 100%; }
.wide form > button:only-of-type { width: auto; }
.actions { display: flex; flex-wrap: wrap; gap: 12px; margin: 0 0 16px; }
.actions form { margin: 0; flex: 1 1 0; }
.actions form > button { width: 100%; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.notice { margin: 0 0 20px; padding: 12px 16px; border-radius: 6px; border-left: 4px solid; }
.notice > :last-child { margin-bottom: 0; }
.notice p, .notice ul { margin: 0 0 8px; }
.notice ul { padding-left: 20px; }
.notice h2 { margin: 0 0 4px; }
.notice.ok { background: var(--ok-soft); border-color: var(--ok); }
.notice.attention { background: var(--attention-soft); border-color: var(--attention); }
.notice.bad { background: var(--bad-soft); border-color: var(--bad); }
.notice.bad ul { list-style: none; padding: 0; }
.notice.bad a { color: inherit; display: block; padding: 4px 0; }
.rows { list-style: none; margin: 0 0 24px; padding: 0; border-top: 1px solid var(--line); }
.rows > li {
  display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 8px 16px;
  padding: 12px 0; border-bottom: 1px solid var(--line);
}
.rows form { margin: 0; }
.rows p { margin: 0; }
.mark {
  display: inline-block; margin-left: 8px; padding: 0 8px; border-radius: 999px; font-size: 13px; font-weight: 400;
  color: var(--accent); background: var(--accent-soft);
}
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 0 0 20px; }
dt { color: var(--quiet); }
dd { margin: 0; }
table { width: 100%; border-collapse: collapse; font-size: 13px; }
th, td { padding: 8px; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
iframe { width: 100%; min-height: 480px; border: 1px solid var(--line); border-radius: 6px; background: #fff; }
pre { white-space: pre-wrap; font: 13px/1.5 ui-monospace, Menlo, Consolas, monospace; }
.visually-hidden {
  position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
@media (max-width: 480px) { main { padding: 24px 20px; } body { padding: 12px 12px 24px; } }
@media (forced-colors: active) { .notice, main { border: 1px solid; } }
`;

/** What a Content-Security-Policy names it by. */
export const pageStyleHash = `sha256-${createHash('sha256').update(pageStyle).digest('base64')}`;
