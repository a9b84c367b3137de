// The settings' names and values as people read them, for telling what somebody else has changed. Pure.
import type { OrgValues, SettingKey } from './setting-values.ts';

const names: Readonly<Record<SettingKey, string>> = {
  name: 'Name',
  mailSenderName: 'Sender of mails',
  automaticInvites: 'Invite automatically',
  membersMayInvite: 'Members may invite',
  verifiedDomainsOnly: 'Only verified domains',
  invitationDays: 'Invitations last',
  nudge: 'Reminders by hand',
  reminderDays: 'Reminders by itself',
  seatLimit: 'Seats',
  removalThreshold: 'Mass removals are held',
  retention: 'Retention',
  sessionDays: 'Sessions last',
};

export function settingName(key: SettingKey): string {
  return names[key];
}

type Words = { readonly [Key in SettingKey]: (value: OrgValues[Key]) => string };

const onOff = (value: boolean) => (value ? 'on' : 'off');

export const days = (count: number) => (count === 1 ? '1 day' : `${count.toLocaleString()} days`);

const keep = (count: number | null) => (count === null ? 'for ever' : days(count));

const words: Words = {
  name: (name) => `“${name}”`,
  mailSenderName: (name) => (name === null ? 'the organisation’s name' : `“${name}”`),
  automaticInvites: onOff,
  membersMayInvite: onOff,
  verifiedDomainsOnly: onOff,
  invitationDays: days,
  nudge: ({ cooldownHours, mostPerMember, mostPerDay }) =>
    `every ${cooldownHours} hours, ${mostPerMember} for each person, ${mostPerDay.toLocaleString()} a day`,
  reminderDays: (list) => (list.length === 0 ? 'never' : `after ${list.join(', ')} days`),
  seatLimit: (limit) => (limit === null ? 'without limit' : limit.toLocaleString()),
  removalThreshold: (threshold) =>
    threshold === null ? 'never' : `above ${threshold.people} people and ${threshold.percent} %`,
  retention: ({ provisioningRecordDays, removedPeopleDays, auditDays, eventDays }) =>
    `requests ${days(provisioningRecordDays)}, removed people ${days(removedPeopleDays)}, audit log ${keep(auditDays)}, history ${keep(eventDays)}`,
  sessionDays: days,
};

/** A value of a setting in words. */
export function settingWords(key: SettingKey, value: unknown): string {
  return (words[key] as (value: unknown) => string)(value);
}
