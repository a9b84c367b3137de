// Puts findings aside and takes them up again: seen at once, told with a way back, asked for anew afterwards. Knows the
// commands; no screen.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Finding, KeptFinding } from '../../shared/finding.ts';
import { type Outputs, useTRPC } from '../lib/api.ts';
import { upcoming } from '../lib/time-words.ts';
import { tell, tellFailure } from './tell.tsx';

export interface PuttingAside {
  snooze(finding: Pick<Finding, 'id'>, forMs: number): Promise<boolean>;
  dismiss(finding: Pick<Finding, 'id'>, reason: string): Promise<boolean>;
  takeUp(finding: KeptFinding): Promise<boolean>;
  readonly isPending: boolean;
}

/** Each says whether it went well, once the answers are new; what failed has been told then. */
export function usePutAside(): PuttingAside {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const snooze = useMutation(trpc.findings.snooze.mutationOptions());
  const dismiss = useMutation(trpc.findings.dismiss.mutationOptions());
  const takeUp = useMutation(trpc.findings.takeUp.mutationOptions());

  const refresh = () =>
    Promise.all(
      [trpc.sync, trpc.findings, trpc.setup].map((asked) =>
        queries.invalidateQueries({ queryKey: asked.pathKey() }),
      ),
    );
  const change = async (work: () => Promise<unknown>, done: () => void, without?: string) => {
    if (without !== undefined)
      queries.setQueryData(trpc.sync.status.queryKey(), (sync) => sync && withoutFinding(sync, without));
    const isDone = await work().then(
      () => true,
      (error) => {
        tellFailure(error);
        return false;
      },
    );
    if (isDone) done();
    await refresh();
    return isDone;
  };
  const back = (findingId: string) => () =>
    void change(
      () => takeUp.mutateAsync({ findingId }),
      () => {},
    );

  const snoozeUntil = ({ id: findingId }: Pick<Finding, 'id'>, until: number) =>
    change(
      () => snooze.mutateAsync({ findingId, until }),
      () => tell(`Snoozed until ${upcoming(until, Date.now())}.`, back(findingId)),
      findingId,
    );
  const dismissFor = ({ id: findingId }: Pick<Finding, 'id'>, reason: string) =>
    change(
      () => dismiss.mutateAsync({ findingId, reason }),
      () => tell('Dismissed until something new turns up.', back(findingId)),
    );
  return {
    snooze: (finding, forMs) => snoozeUntil(finding, Date.now() + forMs),
    dismiss: dismissFor,
    takeUp: (finding) => {
      const { id: findingId, putAside } = finding;
      const again = () => {
        if (putAside?.until != null) void snoozeUntil(finding, putAside.until);
        else if (putAside) void dismissFor(finding, putAside.reason ?? '');
      };
      return change(
        () => takeUp.mutateAsync({ findingId }),
        () => tell('The finding is open again.', again),
      );
    },
    isPending: snooze.isPending || dismiss.isPending || takeUp.isPending,
  };
}

function withoutFinding(sync: Outputs['sync']['status'], id: string): Outputs['sync']['status'] {
  return {
    ...sync,
    connections: sync.connections.map((connection) => ({
      ...connection,
      findings: connection.findings.filter((finding) => finding.id !== id),
    })),
  };
}
