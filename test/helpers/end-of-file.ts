// What is put away when a test file is through, where the modules outlive it. Knows when; what, others say.

const works: (() => Promise<void>)[] = [];

/** Has something done once, after the last test of the file that runs now. */
export function atEndOfFile(work: () => Promise<void>): void {
  works.push(work);
}

export async function endFile(): Promise<void> {
  for (const work of works.splice(0).reverse()) await work();
}
