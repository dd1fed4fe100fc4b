/** The REST surface, and the server that it is served by. */
export * from '../../rest/client-address.js';
export * from '../../rest/create-rest-app.js';
export * from '../../rest/metrics-reader.js';
export * from '../../rest/openapi/openapi-document.js';
export * from '../../rest/openapi/read-openapi.js';
export * from '../../rest/problem/problem-catalogue.js';
export * from '../../rest/rest-server.js';
export * from '../../rest/rest-services.js';
