// Saves the list as it is filtered as a CSV file. Knows the address of the download, not what is in it.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { download } from '../lib/api.ts';
import { useSession } from '../lib/mount-page.tsx';
import { tell } from '../parts/tell.tsx';
import { exportPathOf, type PeopleQuery } from './people-query.ts';

export function ExportButton({ query }: { readonly query: PeopleQuery }) {
  const { account, standing } = useSession();
  const [isLoading, setLoading] = useState(false);
  const save = async () => {
    setLoading(true);
    try {
      saveAs(await download(account, standing, exportPathOf(query)), 'members.csv');
    } catch (error) {
      tell(`The export did not arrive: ${error instanceof Error ? error.message : 'unknown'}`);
    } finally {
      setLoading(false);
    }
  };
  return (
    <Button variant="default" loading={isLoading} onClick={() => void save()}>
      Export
    </Button>
  );
}

function saveAs(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
