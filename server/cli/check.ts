// What one look of the doctor comes to. Knows no subject.

export const checkNames = [
  'configuration',
  'database',
  'migrations',
  'clock',
  'disk',
  'permissions',
  'mail',
  'server',
] as const;
export type CheckName = (typeof checkNames)[number];

/** A finding: a warning can wait, a problem keeps Rollcall from working or from keeping its promises. */
export interface Check {
  readonly name: CheckName;
  readonly state: 'ok' | 'warning' | 'problem';
  readonly message: string;
  /** What to do about it. */
  readonly mend?: string;
}

export function ok(name: CheckName, message: string): Check {
  return { name, state: 'ok', message };
}

export function warning(name: CheckName, message: string, mend: string): Check {
  return { name, state: 'warning', message, mend };
}

export function problem(name: CheckName, message: string, mend: string): Check {
  return { name, state: 'problem', message, mend };
}
