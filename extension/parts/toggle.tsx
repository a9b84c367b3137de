// Something that is on or off, as a switch that can be told apart in both schemes. Knows how it looks only.
import { Switch } from '@mantine/core';
import classes from './toggle.module.css';

export function Toggle({
  label,
  checked,
  onChange,
}: {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  return (
    <Switch
      label={label}
      checked={checked}
      onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      withThumbIndicator={false}
      classNames={{ track: classes.track ?? '', label: classes.label ?? '' }}
    />
  );
}
