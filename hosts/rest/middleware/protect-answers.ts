import type { RequestHandler } from 'express';
import { protectAnswer } from '../../http/security-fields.js';

/** Security headers for responses that are data. Pages relax them by `pagePolicy`. */
export const protectAnswers: RequestHandler = (_request, response, next) => {
  protectAnswer(response);
  next();
};
