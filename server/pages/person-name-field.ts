// The name that somebody gives themselves on a form. Knows its shape, nobody's name.
import { z } from 'zod';

/** On one line, without the spaces around it. */
export const personNameField = z
  .string()
  .transform((text) => text.replaceAll(/[\s\p{Cc}\p{Cs}]+/gu, ' ').trim())
  .pipe(
    z
      .string()
      .min(1, 'Type the name that your colleagues know you by.')
      .max(200, 'Type a name of at most 200 characters.'),
  );
