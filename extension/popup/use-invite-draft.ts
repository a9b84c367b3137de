// A text that the context menu left to invite from: handed over once, when the popup opens or while it is open.
import { useEffect, useRef } from 'react';
import { forget, onChange, read } from '../lib/storage.ts';

export function useInviteDraft(take: (text: string) => void): void {
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(() => {
    const look = async () => {
      const { inviteDraft } = await read('inviteDraft');
      if (inviteDraft === undefined) return;
      await forget('inviteDraft');
      latest.current(inviteDraft);
    };
    void look();
    return onChange('inviteDraft', () => void look());
  }, []);
}
