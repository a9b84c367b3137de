// The one script of the admin page: it brings what changes by itself up to date, and leaves alone what somebody is at.
export const liveScript = `
const refresh = async () => {
  try {
    const answer = await fetch(location.href, { headers: { 'x-live': '1' } });
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const part of document.querySelectorAll('[data-live]')) {
      const next = fresh.getElementById(part.id);
      const isBusy = part.contains(document.activeElement);
      if (next && !isBusy && next.innerHTML !== part.innerHTML) part.innerHTML = next.innerHTML;
    }
  } catch {
    document.title = 'The demo has ended · Rollcall';
  }
};
setInterval(() => document.hidden || refresh(), 1500);
`;
