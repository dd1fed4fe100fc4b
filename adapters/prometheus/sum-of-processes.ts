import { AggregatorRegistry } from 'prom-client';
import type { MetricsSnapshot, RenderedMetrics } from './metrics-exchange.js';
import type { PrometheusMetrics } from './prometheus-metrics.js';

export const snapshotOf = ({ registry }: PrometheusMetrics): Promise<MetricsSnapshot> => registry.getMetricsAsJSON();

/** One scrape for several processes: counters and histograms added up, gauges as their `aggregator` says. */
export async function renderSum(snapshots: readonly MetricsSnapshot[]): Promise<RenderedMetrics> {
  const registry = AggregatorRegistry.aggregate(freshestSealFirst(snapshots));
  return { contentType: registry.contentType, body: await registry.metrics() };
}

/** What several processes have counted, as if it were one; states are left out. */
export const countsOf = (snapshots: readonly MetricsSnapshot[]): Promise<MetricsSnapshot> =>
  AggregatorRegistry.aggregate(snapshots.map((snapshot) => snapshot.filter(isCount))).getMetricsAsJSON();

// The library declares an enumeration for these names, and exports it as a type alone.
const isCount = ({ type }: { readonly type: unknown }): boolean => type === 'counter' || type === 'histogram';

/** Of the gauges that are one process's, the first counts: what was seen last of the audit log's seals must not step back to what another one saw before. */
const freshestSealFirst = (snapshots: readonly MetricsSnapshot[]): MetricsSnapshot[] =>
  [...snapshots].sort((one, other) => Math.sign(sealedAtIn(other) - sealedAtIn(one)));

/** Seconds since the epoch; later than any for a process that has no part in the audit log. */
const sealedAtIn = (snapshot: MetricsSnapshot): number =>
  snapshot.find(({ name }) => name === 'move_acces_audit_sealed_timestamp_seconds')?.values[0]?.value ?? Number.MAX_VALUE;
