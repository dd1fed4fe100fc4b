/** The WebSocket. */
export * from '../../hosts/ws/create-ws-host.js';
export * from '../../hosts/ws/ws-limits.js';
export * from '../../hosts/ws/ws-server.js';
export * from '../../hosts/ws/ws-services.js';
