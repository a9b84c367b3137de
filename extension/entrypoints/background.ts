// The background of the extension: what the browser tells it, each to what answers it, and no logic. Browsers end it
// between two events, so that every listener is there from the start.
import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { answerMessage } from '../background/answer-message.ts';
import { addInviteMenu, startInvite } from '../background/invite-menu.ts';
import { resumeSignIn } from '../background/resume-sign-in.ts';
import { openNotification } from '../background/show-notifications.ts';
import { attentionAlarm, refreshAttention, setAttentionAlarm } from '../background/watch-attention.ts';
import type { Message } from '../lib/messages.ts';
import { closeToContentScripts, onChange } from '../lib/storage.ts';

export default defineBackground({
  type: 'module',
  main() {
    browser.runtime.onInstalled.addListener(() => void addInviteMenu());
    browser.runtime.onMessage.addListener((message: Message, _sender, answer) => {
      void answerMessage(message).then(answer);
      return true;
    });
    browser.alarms.onAlarm.addListener(({ name }) => {
      if (name === attentionAlarm) void refreshAttention();
    });
    browser.contextMenus.onClicked.addListener((clicked) => void startInvite(clicked));
    browser.notifications.onClicked.addListener((id) => void openNotification(id));
    browser.permissions.onAdded.addListener(({ origins = [] }) => void resumeSignIn(origins));
    onChange('accounts', () => void refreshAttention());
    void closeToContentScripts();
    void setAttentionAlarm();
    void refreshAttention();
  },
});
