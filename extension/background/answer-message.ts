// What pages ask of the background, each message to what answers it. No logic.
import type { Message, MessageAnswer } from '../lib/messages.ts';
import { signIn, signOut } from './session-change.ts';
import { refreshAttention } from './watch-attention.ts';

export async function answerMessage(message: Message): Promise<MessageAnswer> {
  if (message.type === 'sign-in') return signIn(message.server);
  if (message.type === 'sign-out') return signOut(message.key);
  await refreshAttention();
  return { problem: null };
}
