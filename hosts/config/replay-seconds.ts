import { z } from 'zod';
import { wholeNumber } from './whole-number.js';

/** The longest idle life that can be set: a greater bound would bound nothing. */
const most = 87_600 * 3_600;
const seconds = wholeNumber(0, most);

/** `unused`, or a whole number of seconds. */
export const replaySeconds: z.ZodType<number | 'unused', string> = z.string().transform((text, context) => {
  if (text.toLowerCase() === 'unused') return 'unused';
  const { success, data } = seconds.safeParse(text);
  if (success) return data;
  context.addIssue({ code: 'custom', message: `wants a whole number from 0 to ${most} or unused` });
  return z.NEVER;
});
