/** The REST surface, and the server that it is served by. */
export * from '../../hosts/rest/client-address.js';
export * from '../../hosts/rest/create-rest-app.js';
export * from '../../hosts/rest/metrics-reader.js';
export * from '../../hosts/rest/openapi/openapi-document.js';
export * from '../../hosts/rest/openapi/read-openapi.js';
export * from '../../hosts/rest/problem/problem-catalogue.js';
export * from '../../hosts/rest/rest-server.js';
export * from '../../hosts/rest/rest-services.js';
