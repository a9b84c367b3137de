// How the admin page looks beside what all pages of the server share. Knows elements, no page.
import { pageStyle } from '../../server/pages/page-style.ts';

export const adminStyle = `${pageStyle}
body { font-size: 14px; line-height: 1.5; padding: 16px; }
header, main, footer { max-width: 1120px; }
header { flex-wrap: wrap; padding: 0 4px 12px; }
main { padding: 0; background: none; border: 0; display: grid; gap: 16px; }
main > p { margin: 0; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: 4px; margin: 0; padding: 0; font-weight: 400; }
nav a { padding: 4px 12px; min-height: 36px; border-radius: 6px; color: var(--text); }
nav a[aria-current] { background: var(--accent-soft); color: var(--accent); font-weight: 600; }
section { padding: 16px 20px; background: var(--card); border: 1px solid var(--line); border-radius: 10px; min-width: 0; }
section > :last-child { margin-bottom: 0; }
h1 { margin: 0 4px; }
h2 { margin: 0 0 8px; }
h3 { font-size: 14px; font-weight: 600; margin: 0; }
p { margin: 0 0 12px; }
form { margin: 0; }
input, select { min-height: 36px; margin-top: 4px; padding: 4px 10px; font-size: 14px; }
button, .button, form > button:only-of-type { min-height: 36px; padding: 4px 14px; width: auto; font-size: 14px; }
button[aria-pressed="true"] { background: var(--accent-soft); color: var(--accent); border-color: var(--accent); }
table form > button:only-of-type, [aria-label="Time"] form > button:only-of-type { min-height: 30px; padding: 0 10px; font-size: 13px; }
table { font-variant-numeric: tabular-nums; }
th, td { padding: 4px 8px; vertical-align: middle; white-space: nowrap; }
#sent td { white-space: normal; }
#sent td:first-child { white-space: nowrap; }
th { font-weight: 600; color: var(--quiet); }
.scroll { overflow-x: auto; }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
.bar form { display: flex; gap: 8px; align-items: end; }
.bar .field { margin: 0; }
.time { font-size: 15px; font-weight: 600; font-variant-numeric: tabular-nums; margin-right: 8px; }
.cards, .columns { display: grid; gap: 16px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 250px), 1fr)); }
.columns { grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); }
.cards section { display: grid; align-content: start; gap: 8px; }
.cards p { margin: 0; }
.faults {
  list-style: none; margin: 0; padding: 0; display: grid; gap: 0 40px;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr));
}
.faults li {
  display: grid; grid-template-columns: 1fr auto; gap: 2px 16px; align-items: start; padding: 10px 0;
  border-top: 1px solid var(--line);
}
.faults p { margin: 0; grid-column: 1; }
.faults form { grid-column: 2; grid-row: 1 / span 2; }
.state { font-weight: 600; }
.state.ok { color: var(--ok); } .state.attention { color: var(--attention); } .state.bad { color: var(--bad); }
dl { gap: 2px 16px; margin: 0 0 12px; }
code { font: 12px/1.5 ui-monospace, Menlo, Consolas, monospace; }
`;
