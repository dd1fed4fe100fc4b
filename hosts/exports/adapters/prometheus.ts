/** Metrics for Prometheus. */

import '../../config/require-node.js';

export * from '../../../adapters/prometheus/metrics-exchange.js';
export * from '../../../adapters/prometheus/prometheus-metrics.js';
export * from '../../../adapters/prometheus/worker-metrics.js';
