// Three beginnings for an admin's own words in a nudge. Pure; knows no person, because everybody gets the same words.

export interface NudgeTemplate {
  readonly title: string;
  readonly text: string;
}

const week = 7 * 24 * 60 * 60 * 1000;

/** `orgName` is what people know the org by; the date in the second one is a week from `now`. */
export function nudgeTemplates(orgName: string, now: number): readonly NudgeTemplate[] {
  const date = new Date(now + week).toLocaleDateString(undefined, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  });
  return [
    {
      title: 'A short hello',
      text: `Your place at ${orgName} is ready. Joining takes a minute, and everybody is glad to have you.`,
    },
    {
      title: 'With a date',
      text: `Please join by ${date}, so that what you need is open to you from your first day.`,
    },
    {
      title: 'An offer of help',
      text: 'You have not joined yet. If the link does not open, or if this mail looks strange to you, tell me, and I will help.',
    },
  ];
}

/** The message after choosing a template: words of the admin's own stay, another template goes. */
export function withTemplate(
  message: string,
  chosen: NudgeTemplate,
  templates: readonly NudgeTemplate[],
): string {
  const own = templates
    .reduce((text, template) => text.replace(template.text, ''), message)
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return own === '' ? chosen.text : `${own}\n\n${chosen.text}`;
}
