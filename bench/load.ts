// Puts load on servers in turn, so that what disturbs the machine disturbs all of them. Knows requests as texts.
import { median } from './figure.ts';
import { type Answer, type Connection, openConnection } from './http-client.ts';
import type { Subject } from './subject.ts';

/** How fast a server answered, and what that cost it. */
export interface Throughput {
  readonly perSecond: number;
  /** CPU time a request, in microseconds. */
  readonly cpu: number;
}

/** A server and what it is to be asked next. */
export interface Contestant {
  readonly subject: Subject;
  readonly next: () => string;
}

/** Throughput of each, with so many connections: stretches of load in turn, medians of the stretches. */
export async function race(
  contestants: readonly Contestant[],
  options: { readonly connections: number; readonly seconds: number; readonly rounds: number },
): Promise<readonly Throughput[]> {
  const results = contestants.map((): Throughput[] => []);
  for (const contestant of contestants) await stretch(contestant, options.connections, options.seconds / 4);
  for (let round = 0; round < options.rounds; round++) {
    for (const [index, contestant] of contestants.entries()) {
      results[index]?.push(await stretch(contestant, options.connections, options.seconds));
    }
  }
  return results.map((stretches) => ({
    perSecond: median(stretches.map(({ perSecond }) => perSecond)),
    cpu: median(stretches.map(({ cpu }) => cpu)),
  }));
}

async function stretch(
  { subject, next }: Contestant,
  connections: number,
  seconds: number,
): Promise<Throughput> {
  const open = await Promise.all(
    Array.from({ length: connections }, () => openConnection(subject.process.url)),
  );
  const cpuBefore = subject.process.cpu();
  const began = performance.now();
  const until = began + seconds * 1000;
  let answered = 0;
  const work = async (connection: Connection) => {
    while (performance.now() < until) {
      expectSuccess(await connection.send(next()));
      answered++;
    }
  };
  await Promise.all(open.map(work));
  const elapsed = (performance.now() - began) / 1000;
  for (const connection of open) connection.close();
  return { perSecond: answered / elapsed, cpu: (subject.process.cpu() - cpuBefore) / answered };
}

/** Latencies in ms of each, one connection each, one request of each at a time, after a tenth of them to warm up. */
export async function takeTurns(
  contestants: readonly Contestant[],
  turns: number,
): Promise<readonly (readonly number[])[]> {
  const open = await Promise.all(contestants.map(({ subject }) => openConnection(subject.process.url)));
  const latencies = contestants.map((): number[] => []);
  const warmUp = Math.ceil(turns / 10);
  for (let turn = -warmUp; turn < turns; turn++) {
    for (const [index, { next }] of contestants.entries()) {
      const answer = await (open[index] as Connection).send(next());
      expectSuccess(answer);
      if (turn >= 0) latencies[index]?.push(answer.ms);
    }
  }
  for (const connection of open) connection.close();
  return latencies;
}

/** One request on a connection of its own. */
export async function ask(subject: Subject, method: string, path: string, body?: unknown): Promise<Answer> {
  const connection = await openConnection(subject.process.url);
  const answer = await connection.send(subject.request(method, path, body));
  connection.close();
  expectSuccess(answer);
  return answer;
}

export function expectSuccess(answer: Answer): void {
  if (answer.status >= 300) throw new Error(`the server answered ${answer.status}: ${answer.text()}`);
}

/** Calls `of` with 1, 2, 3, … */
export function counting<Result>(of: (number: number) => Result, from = 1): () => Result {
  let number = from;
  return () => of(number++);
}
