import { describe, expect, test } from 'vitest';
import { inviteDraftOf } from '../../../extension/background/invite-menu.ts';

describe('what the menu puts into the invite dialog', () => {
  test.each([
    ['noor@larkspur.example', 'noor@larkspur.example'],
    ['Write to Noor <noor@larkspur.example>, please.', 'noor@larkspur.example'],
    ['“noor@larkspur.example”; rufus@larkspur.example.', 'noor@larkspur.example\nrufus@larkspur.example'],
    ['noor@larkspur.example noor@larkspur.example', 'noor@larkspur.example'],
    ['noor@larkspur and @home, rufus@larkspur.example', 'rufus@larkspur.example'],
  ])('is the addresses in a selection: %s', (selectionText, draft) => {
    expect(inviteDraftOf({ selectionText })).toBe(draft);
  });

  test('is the selection itself when it holds none, to be corrected there', () => {
    expect(inviteDraftOf({ selectionText: ' noor at larkspur ' })).toBe('noor at larkspur');
  });

  test.each([
    ['mailto:noor@larkspur.example', 'noor@larkspur.example'],
    ['mailto:noor%40larkspur.example?subject=Hello%20you', 'noor@larkspur.example'],
    [
      'mailto:noor@larkspur.example,rufus@larkspur.example?cc=ada@larkspur.example',
      'noor@larkspur.example\nrufus@larkspur.example\nada@larkspur.example',
    ],
    ['mailto:100%@larkspur.example', '100%@larkspur.example'],
  ])('is the addresses of a link: %s', (linkUrl, draft) => {
    expect(inviteDraftOf({ linkUrl })).toBe(draft);
  });
});
