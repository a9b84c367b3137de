// Opens the import, and loads its code when it is first wanted.
import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';

const ImportDialog = lazy(async () => ({ default: (await import('./import-dialog.tsx')).ImportDialog }));

export function ImportButton() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        Import
      </Button>
      {isOpen && (
        <Suspense>
          <ImportDialog opened onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
