import { PrometheusMetrics } from '../../../adapters/prometheus/prometheus-metrics.js';
import { metricsContract } from '../../kit/contracts/operations/metrics.contract.js';
import { memoryHarnesses } from '../support/memory-harnesses.js';

describe('The metrics', () => {
  metricsContract('memory', memoryHarnesses.metrics);
  metricsContract('prometheus', () => new PrometheusMetrics({ version: '1.2.3' }));
});
