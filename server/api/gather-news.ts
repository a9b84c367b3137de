// Several streams as one that says what kinds of things happened since it last said so. Knows no kind; whoever is slow is
// told the same kinds once, so that nothing piles up.

/** Opens a stream of kinds; it ends with the signal. */
export type NewsSource = (signal: AbortSignal) => AsyncIterable<string>;

/** The kinds since the last time, without end; ends with the signal or the first source. @throws what a source throws */
export async function* gatherNews(
  sources: readonly NewsSource[],
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly string[]> {
  const stopping = new AbortController();
  const ends = signal ? AbortSignal.any([signal, stopping.signal]) : stopping.signal;
  const kinds = new Set<string>();
  let failure: { readonly error: unknown } | undefined;
  let isOver = false;
  let wake = (): void => {};
  const listen = async (source: NewsSource): Promise<void> => {
    try {
      for await (const kind of source(ends)) {
        kinds.add(kind);
        wake();
      }
    } catch (error) {
      failure ??= { error };
    } finally {
      isOver = true;
      wake();
    }
  };
  const listeners = sources.map(listen);
  try {
    while (failure === undefined) {
      if (kinds.size > 0) {
        const told = [...kinds];
        kinds.clear();
        yield told;
      } else if (isOver) {
        return;
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
    throw failure.error;
  } finally {
    stopping.abort();
    await Promise.all(listeners);
  }
}
