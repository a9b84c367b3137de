// The first step of an import: a file, dropped or chosen, or pasted text. Knows texts and sizes, not what is in them.
import { Button, Textarea } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { largestImport } from '../../shared/member-import.ts';
import { failureOf } from '../lib/api.ts';
import classes from './import-dialog.module.css';

/** The text, and the name of the file that it comes from. */
export interface ImportText {
  readonly text: string;
  readonly file: string | null;
}

export function ImportSource({
  source,
  isChecking,
  error,
  onChange,
  onCheck,
  onClose,
}: {
  readonly source: ImportText;
  readonly isChecking: boolean;
  readonly error: unknown;
  readonly onChange: (source: ImportText) => void;
  readonly onCheck: () => void;
  readonly onClose: () => void;
}) {
  const [isOver, setOver] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    const isTooLarge = file.size > largestImport;
    setRefusal(isTooLarge ? `${file.name} is larger than 5 MB. Divide it and import the parts.` : null);
    if (!isTooLarge) onChange({ text: await file.text(), file: file.name });
  };
  const failure = refusal ?? (error == null ? null : failureOf(error).message);
  return (
    <form
      className={classes.step}
      onSubmit={(event) => {
        event.preventDefault();
        onCheck();
      }}
    >
      <p>
        The first line names the columns. “email” has to be there; name, given name, family name, title,
        department, role, groups and custom attributes by their names can be. An empty cell leaves what is
        there.
      </p>
      <section
        className={classes.drop}
        data-over={isOver || undefined}
        aria-label="File"
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void take(event.dataTransfer.files[0]);
        }}
      >
        <IconFileSpreadsheet size={24} stroke={1.5} aria-hidden="true" />
        <span>
          {source.file === null
            ? 'Drop a CSV file here, or'
            : `${source.file}, ${lineCount(source.text).toLocaleString()} lines`}
        </span>
        <Button variant="default" data-autofocus onClick={() => input.current?.click()}>
          {source.file === null ? 'Choose a file' : 'Choose another file'}
        </Button>
        <input
          ref={input}
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          hidden
          aria-label="CSV file"
          onChange={({ currentTarget }) => {
            void take(currentTarget.files?.[0]);
            currentTarget.value = '';
          }}
        />
      </section>
      {source.file === null && (
        <Textarea
          label="Or paste the table"
          placeholder={'email,name,role\nnoor.haddad@corp.example,Noor Haddad,member'}
          rows={6}
          spellCheck={false}
          classNames={{ input: classes.text ?? '' }}
          value={source.text}
          onChange={({ currentTarget }) => onChange({ text: currentTarget.value, file: null })}
        />
      )}
      {failure !== null && (
        <p className={classes.failure} role="alert">
          {failure}
        </p>
      )}
      <div className={classes.end}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" disabled={source.text.trim() === ''} loading={isChecking}>
          Look at it first
        </Button>
      </div>
    </form>
  );
}

function lineCount(text: string): number {
  return text.trimEnd().split('\n').length;
}
