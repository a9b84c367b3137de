/**
 * How long a browser test waits for what must appear, in milliseconds: many times what it takes, since the machine may be
 * busy or slow. Only a test that fails waits so long.
 */
export const patience = 120_000;
