// An e-mail address as somebody types it into a form. Knows its shape, not whose it is.
import { z } from 'zod';
import { isMailAddress } from '../delivery/letter.ts';

const error = 'Type your whole e-mail address, such as ada@corp.example.';

/** Any script, without the spaces around it. */
export const emailField = z
  .string()
  .trim()
  .max(254, error)
  .pipe(z.email({ pattern: z.regexes.unicodeEmail, error }).refine(isMailAddress, error));
