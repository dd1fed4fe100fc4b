/** Metrics for Prometheus. */
export * from '../../adapters/prometheus/prometheus-metrics.js';
