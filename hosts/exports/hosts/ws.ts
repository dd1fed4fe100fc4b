/** The WebSocket host. */
import '../../config/require-node.js';

export * from '../../ws/create-ws-host.js';
export * from '../../ws/ws-limits.js';
export * from '../../ws/ws-server.js';
export * from '../../ws/ws-services.js';
