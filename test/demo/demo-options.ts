// What can be asked of the demo on its command line. Knows flags, not what they do.
import { parseArgs } from 'node:util';
import { type Speed, speeds } from './demo-clock.ts';

export interface DemoOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly adminPort: number;
  readonly people: number;
  readonly days: number;
  readonly speed: Speed;
  /** `headless`: a browser without a window, for tests; `auto`: a window where there is a screen. */
  readonly browser: 'auto' | 'headless' | 'none';
}

export const usage = `npm run demo -- [options]

  --port <port>        port of the server (a free one unless given)
  --admin-port <port>  port of the identity providers' admin page (a free one unless given)
  --people <number>    how many people the company has (300)
  --days <number>      how many days it has lived with Rollcall (28)
  --speed <times>      how fast time goes: ${speeds.join(', ')} (60)
  --no-browser         open no browser, print how to open one
  --headless           open the browser without a window
  --help               show this
`;

/** @throws {Error} with a sentence for whoever typed the flags; undefined when they ask for help */
export function readOptions(args: readonly string[]): DemoOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '0' },
      'admin-port': { type: 'string', default: '0' },
      people: { type: 'string', default: '300' },
      days: { type: 'string', default: '28' },
      speed: { type: 'string', default: '60' },
      'no-browser': { type: 'boolean', default: false },
      headless: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const speed = speeds.find((one) => String(one) === values.speed);
  if (speed === undefined) throw new Error(`--speed is one of ${speeds.join(', ')}.`);
  return {
    port: within('port', values.port, 0, 65_535),
    adminPort: within('admin-port', values['admin-port'], 0, 65_535),
    people: within('people', values.people, 40, 2000),
    days: within('days', values.days, 3, 60),
    speed,
    browser: values['no-browser'] ? 'none' : values.headless ? 'headless' : 'auto',
  };
}

function within(flag: string, text: string, least: number, most: number): number {
  const number = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new Error(`--${flag} is a whole number from ${least} to ${most}.`);
}
