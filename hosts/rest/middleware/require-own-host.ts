import type { RequestHandler } from 'express';
import type { JudgeHost } from '../../http/host-guard.js';
import { answerRefusal } from '../problem/answer-errors.js';
import { plainRefusal } from '../problem/refusal.js';

/** Rejects requests for another host (`hostGuard`), before any other work for the request, its limit included. */
export function requireOwnHost(judgeHost: JudgeHost): RequestHandler {
  return (request, response, next) => {
    const code = judgeHost(request);
    if (code === null) next();
    else answerRefusal(plainRefusal(code), request, response);
  };
}
