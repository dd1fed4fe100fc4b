import type { RequestHandler } from 'express';
import { protectAnswer } from '../../http/security-fields.js';

/** Security fields for answers that are data. Pages loosen what they need by `pagePolicy`. */
export const protectAnswers: RequestHandler = (_request, response, next) => {
  protectAnswer(response);
  next();
};
