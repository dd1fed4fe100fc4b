/** The REST host, and the server for it. */
import '../../config/require-node.js';

export * from '../../http/client-address.js';
export * from '../../http/http-problems.js';
export * from '../../http/metrics-reader.js';
export * from '../../http/problem-catalogue.js';
export * from '../../http/problem-entry.js';
export * from '../../rest/create-rest-app.js';
export * from '../../rest/openapi/openapi-document.js';
export * from '../../rest/openapi/read-openapi.js';
export * from '../../rest/rest-server.js';
export * from '../../rest/rest-services.js';
