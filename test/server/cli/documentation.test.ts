import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { createContext } from '../../../server/cli/command-context.ts';
import { exitCodes } from '../../../server/cli/exit-code.ts';
import { buildProgram } from '../../../server/cli/program.ts';
import { readConfig } from '../../../server/config.ts';
import { capturingTerminal } from './command-line.ts';

/** The cells of every table row of a page, without the code marks. */
function tableRows(page: string): readonly (readonly string[])[] {
  const text = readFileSync(new URL(`../../../docs/${page}`, import.meta.url), 'utf8');
  const rows = text.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---'));
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}

/** The names that the configuration asks its environment for. */
function variablesRead(): readonly string[] {
  const asked: string[] = [];
  const env = new Proxy<NodeJS.ProcessEnv>(
    {},
    {
      get: (_target, name) => {
        asked.push(String(name));
        return undefined;
      },
    },
  );
  readConfig(env);
  return asked;
}

describe('docs/configuration.md', () => {
  const [, ...rows] = tableRows('configuration.md');

  test('has a row for each variable, in order', () => {
    expect(rows.map(([variable]) => variable)).toEqual(variablesRead());
  });

  test('gives the defaults that hold', () => {
    const written = rows.filter(([, value]) => value !== undefined && /^[\w./]+$/.test(value));
    expect(written).toHaveLength(5);
    for (const [variable = '', value = ''] of written) {
      expect(readConfig({ [variable]: value }), variable).toEqual(readConfig({}));
    }
  });
});

describe('docs/cli.md', () => {
  const rows = tableRows('cli.md');
  const context = createContext({}, capturingTerminal({ out: '', err: '' }), { json: false, now: () => 0 });

  test('has a row for each command, with its arguments and options', () => {
    const documented = rows.map(([cell = '']) => cell).filter((cell) => cell.startsWith('rollcall '));
    expect(documented).toEqual(leaves(buildProgram(context)).map(usage));
  });

  test('has a row for each exit code', () => {
    const documented = rows.map(([cell]) => Number(cell)).filter((code) => !Number.isNaN(code));
    expect(documented).toEqual(Object.values(exitCodes));
  });
});

describe('docs/operate.md', () => {
  test('names each metric of our own, and no other', () => {
    const server = fileURLToPath(new URL('../../../server', import.meta.url));
    const sources = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.ts$/.test(name),
    );
    const texts = sources.map((name) => readFileSync(join(server, name), 'utf8'));
    const ours = texts
      .filter((text) => /prom-client|core\/metrics/.test(text))
      .flatMap((text) => text.match(/(?<=')rollcall_\w+(?=')/g) ?? []);
    const named = readFileSync(join(server, '../docs/operate.md'), 'utf8').match(/(?<=`)rollcall_\w+(?=`)/g);
    expect([...new Set(named)].sort()).toEqual([...new Set(ours)].sort());
  });
});

function leaves(command: Command): readonly Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}

function usage(command: Command): string {
  const options = command.options.map(({ flags, mandatory }) => (mandatory ? flags : `[${flags}]`));
  const args = command.registeredArguments.map((argument) => `<${argument.name()}>`);
  return [pathOf(command), ...args, ...options].join(' ');
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}
