// The two streams and the keyboard that a command has. Knows streams, no command.
import { createInterface } from 'node:readline/promises';

export interface Terminal {
  /** Whether a person sits there who can be asked. */
  readonly interactive: boolean;
  /** What the command was asked for: under `--json` exactly one document. */
  out(text: string): void;
  /** Everything else: notes, questions, failures. */
  err(text: string): void;
  /** Asks and waits for a line. */
  ask(question: string): Promise<string>;
}

/** The terminal of this process. */
export const processTerminal: Terminal = {
  interactive: process.stdin.isTTY === true && process.stderr.isTTY === true,
  out: (text) => {
    process.stdout.write(text);
  },
  err: (text) => {
    process.stderr.write(text);
  },
  ask: async (question) => {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await lines.question(question);
    } finally {
      lines.close();
    }
  },
};
