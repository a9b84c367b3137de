// A mail's plain text taken apart into what a reader sees: title, paragraphs, quoted words, a button, the small print. Pure.

export type LetterBlock =
  | { readonly kind: 'title' | 'text' | 'quote' | 'small'; readonly text: string }
  | { readonly kind: 'button' | 'link'; readonly text: string; readonly href: string };

/** The blocks of a mail's text in their order; what follows the line `-- ` is small print. */
export function readLetter(text: string): readonly LetterBlock[] {
  const [letter = '', foot = ''] = text.split(/^-- $/m);
  return [...blocksOf(letter, false), ...blocksOf(foot, true)];
}

function blocksOf(text: string, isFoot: boolean): LetterBlock[] {
  return text
    .split(/\n\n+/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
    .map((paragraph, index): LetterBlock => {
      const link = /^(.+):\n(https?:\/\/\S+)$/s.exec(paragraph);
      if (link) return { kind: isFoot ? 'link' : 'button', text: link[1] ?? '', href: link[2] ?? '' };
      if (paragraph.startsWith('>'))
        return { kind: 'quote', text: paragraph.replaceAll(/^> ?/gm, '').trim() };
      if (isFoot) return { kind: 'small', text: paragraph };
      return { kind: index === 0 ? 'title' : 'text', text: paragraph };
    });
}
