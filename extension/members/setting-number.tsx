// A field for a whole number between two limits. Says what is wrong beside it, and keeps what was typed.
import { TextInput } from '@mantine/core';
import { useState } from 'react';

/** `onChange` is told of every number within the limits, and of none that is not. */
export function SettingNumber({
  label,
  description,
  unit,
  value,
  min,
  max,
  onChange,
}: {
  readonly label: string;
  readonly description?: string;
  readonly unit?: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}) {
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? String(value);
  const isRight = isWithin(shown, min, max);
  return (
    <TextInput
      label={unit === undefined ? label : `${label} (${unit})`}
      {...(description !== undefined && { description })}
      inputMode="numeric"
      value={shown}
      onChange={({ currentTarget }) => {
        const text = currentTarget.value;
        const isGood = isWithin(text, min, max);
        setTyped(isGood ? undefined : text);
        if (isGood) onChange(readNumber(text));
      }}
      error={!isRight && `Give a whole number from ${min.toLocaleString()} to ${max.toLocaleString()}.`}
    />
  );
}

function isWithin(text: string, min: number, max: number): boolean {
  const number = readNumber(text);
  return Number.isInteger(number) && number >= min && number <= max;
}

function readNumber(text: string): number {
  return /^\s*-?[\d\s.,]+\s*$/.test(text) ? Number(text.replaceAll(/[\s.,]/g, '')) : Number.NaN;
}
