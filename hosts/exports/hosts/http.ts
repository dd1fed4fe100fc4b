/** What a host of HTTP needs besides its framework: refusals as problem documents, the client's address, the bearer token, the request's id. */
import '../../config/require-node.js';

export * from '../../http/bearer-token.js';
export * from '../../http/client-address.js';
export * from '../../http/http-problems.js';
export * from '../../http/http-refusal.js';
export * from '../../http/metrics-reader.js';
export * from '../../http/problem-catalogue.js';
export * from '../../http/problem-document.js';
export * from '../../http/problem-entry.js';
export * from '../../http/request-id.js';
