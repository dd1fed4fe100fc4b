/** Events of the server as JSON. */
import '../../config/require-node.js';

export * from '../../../adapters/json/json-event-encoder.js';
