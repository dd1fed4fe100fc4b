/** For whoever writes a client: every refusal with what to do about it, and the shapes of the wire. Needs no other package. */
export * from '../core/domain/error-code.js';
export { type ProblemEntry, problemCatalogue } from '../hosts/rest/problem/problem-catalogue.js';
export type { LogInBody } from '../hosts/rest/wire/log-in-body.js';
export type { PasswordBody } from '../hosts/rest/wire/password-body.js';
export type { FaultBody, ProblemBody } from '../hosts/rest/wire/problem-body.js';
export type { ProfileChangesBody } from '../hosts/rest/wire/profile-changes-body.js';
export type { DependencyBody, HealthBody, ReadinessBody } from '../hosts/rest/wire/readiness-body.js';
export type { RefreshTokenBody } from '../hosts/rest/wire/refresh-token-body.js';
export type { RegisterBody } from '../hosts/rest/wire/register-body.js';
export type { SessionBody, SessionsBody } from '../hosts/rest/wire/session-body.js';
export type { SignedInBody } from '../hosts/rest/wire/signed-in-body.js';
export type { SubscriptionBody } from '../hosts/rest/wire/subscription-body.js';
export type { TicketBody } from '../hosts/rest/wire/ticket-body.js';
export type { TokensBody } from '../hosts/rest/wire/tokens-body.js';
export type { UserBody } from '../hosts/rest/wire/user-body.js';
export { type CloseCause, type CloseName, closeCause } from '../hosts/ws/close-causes.js';
export type { ClientMessage } from '../hosts/ws/parse-message.js';
export type { EventMessage, ServerMessage } from '../hosts/ws/server-message.js';
