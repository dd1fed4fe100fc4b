/**
 * For authors of a client: every refusal with the action that it requires, and the types of requests and responses. Needs no other package.
 */

export * from '../../core/domain/error-code.js';
export type { ViolationReason } from '../../core/domain/refusal-details.js';
export { type HttpCode, httpProblems } from '../http/http-problems.js';
export { type ProblemCode, problemAction, problemCatalogue, problemCodes, problemEntry } from '../http/problem-catalogue.js';
export type { ProblemEntry } from '../http/problem-entry.js';
export type { DependencyBody, HealthBody, ReadinessBody } from '../http/readiness-body.js';
export type { ProfileChangesBody, RegisterBody, UserBody } from '../rest/accounts/user-bodies.js';
export type { TicketBody } from '../rest/live/ticket-body.js';
export type { PasswordBody } from '../rest/passwords/password-body.js';
export type { FaultBody, ProblemBody } from '../rest/problem/problem-body.js';
export type { LogInBody, RefreshTokenBody, SignedInBody, TokensBody } from '../rest/sessions/auth-bodies.js';
export type { SessionBody, SessionsBody } from '../rest/sessions/session-bodies.js';
export type { SubscriptionBody } from '../rest/subscriptions/subscription-body.js';
export { type CloseCause, type CloseName, closeCause } from '../ws/close-causes.js';
export type { ClientMessage } from '../ws/parse-message.js';
export type { EventMessage, ServerMessage } from '../ws/server-message.js';
