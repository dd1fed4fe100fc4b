import { AggregatorRegistry } from 'prom-client';
import type { MetricsSnapshot, RenderedMetrics } from './metrics-exchange.js';
import type { PrometheusMetrics } from './prometheus-metrics.js';

export const snapshotOf = ({ registry }: PrometheusMetrics): Promise<MetricsSnapshot> => registry.getMetricsAsJSON();

/** Renders the metrics of several processes: counters and histograms added up, gauges combined by their `aggregator`. */
export async function renderSum(snapshots: readonly MetricsSnapshot[]): Promise<RenderedMetrics> {
  const registry = AggregatorRegistry.aggregate(freshestSealFirst(snapshots));
  return { contentType: registry.contentType, body: await registry.metrics() };
}

/** The counters and histograms of several processes, added up. Gauges are left out. */
export const countsOf = (snapshots: readonly MetricsSnapshot[]): Promise<MetricsSnapshot> =>
  AggregatorRegistry.aggregate(snapshots.map((snapshot) => snapshot.filter(isCount))).getMetricsAsJSON();

// The library declares an enumeration for these names, but exports only its type.
const isCount = ({ type }: { readonly type: unknown }): boolean => type === 'counter' || type === 'histogram';

/**
 * For gauges of a single process, the first snapshot counts. The process with the latest seal of the audit log comes first, so that the
 * value never steps back to an older seal.
 */
const freshestSealFirst = (snapshots: readonly MetricsSnapshot[]): MetricsSnapshot[] =>
  [...snapshots].sort((one, other) => Math.sign(sealedAtIn(other) - sealedAtIn(one)));

/** Seconds since the epoch; the max number for a snapshot of a process without an audit log. */
const sealedAtIn = (snapshot: MetricsSnapshot): number =>
  snapshot.find(({ name }) => name === 'move_acces_audit_sealed_timestamp_seconds')?.values[0]?.value ?? Number.MAX_VALUE;
