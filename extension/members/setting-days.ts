// Reads a list of days as people type it: "3, 7". Pure.

const most = 5;

/** The days in order, each once; undefined when the text is no such list. Empty is a list, too. */
export function readDays(text: string): number[] | undefined {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '');
  const days = [...new Set(parts.map(Number))].sort((a, b) => a - b);
  const isList = days.length <= most && days.every((day) => Number.isInteger(day) && day >= 1 && day <= 60);
  return isList ? days : undefined;
}
