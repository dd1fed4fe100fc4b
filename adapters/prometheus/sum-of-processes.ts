import { AggregatorRegistry } from 'prom-client';
import type { PrometheusMetrics } from './prometheus-metrics.js';

/** The metrics of one process in a form that can be sent to another. */
export type MetricsSnapshot = Awaited<ReturnType<PrometheusMetrics['registry']['getMetricsAsJSON']>>;

export const snapshotOf = ({ registry }: PrometheusMetrics): Promise<MetricsSnapshot> => registry.getMetricsAsJSON();

/** One scrape for several processes: counters and histograms added up, gauges as their `aggregator` says. */
export async function renderSum(snapshots: readonly MetricsSnapshot[]): Promise<{ readonly contentType: string; readonly body: string }> {
  const registry = AggregatorRegistry.aggregate([...snapshots]);
  return { contentType: registry.contentType, body: await registry.metrics() };
}
