/** For whoever writes a client: every refusal with what to do about it, and the shapes of the wire. Needs no other package. */

export * from '../../core/domain/error-code.js';
export type { ViolationReason } from '../../core/domain/refusal-details.js';
export { type HttpCode, httpProblems } from '../http/http-problems.js';
export { type ProblemCode, problemAction, problemCatalogue, problemCodes, problemEntry } from '../http/problem-catalogue.js';
export type { ProblemEntry } from '../http/problem-entry.js';
export type { ProfileChangesBody } from '../rest/accounts/profile-changes-body.js';
export type { RegisterBody } from '../rest/accounts/register-body.js';
export type { UserBody } from '../rest/accounts/user-body.js';
export type { TicketBody } from '../rest/live/ticket-body.js';
export type { DependencyBody, HealthBody, ReadinessBody } from '../rest/operations/readiness-body.js';
export type { PasswordBody } from '../rest/passwords/password-body.js';
export type { FaultBody, ProblemBody } from '../rest/problem/problem-body.js';
export type { LogInBody } from '../rest/sessions/log-in-body.js';
export type { RefreshTokenBody } from '../rest/sessions/refresh-token-body.js';
export type { SessionBody, SessionsBody } from '../rest/sessions/session-body.js';
export type { SignedInBody } from '../rest/sessions/signed-in-body.js';
export type { TokensBody } from '../rest/sessions/tokens-body.js';
export type { SubscriptionBody } from '../rest/subscriptions/subscription-body.js';
export { type CloseCause, type CloseName, closeCause } from '../ws/close-causes.js';
export type { ClientMessage } from '../ws/parse-message.js';
export type { EventMessage, ServerMessage } from '../ws/server-message.js';
