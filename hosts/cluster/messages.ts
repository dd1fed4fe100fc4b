import type { FileTexts } from '../config/load-config.js';
import type { MetricsSnapshot, RenderedMetrics } from '../wiring/worker-context.js';

/** What a worker says to its primary. `id` is the number of the question: its own for what it asks, the primary's for what it answers. */
export type WorkerMessage =
  | { readonly kind: 'render_metrics'; readonly id: number }
  /** `id` is null for what a worker says at its end, unasked. */
  | { readonly kind: 'snapshot'; readonly id: number | null; readonly snapshot: MetricsSnapshot };

/** What a primary says to a worker. */
export type PrimaryMessage =
  | { readonly kind: 'take_snapshot'; readonly id: number }
  | { readonly kind: 'metrics_rendered'; readonly id: number; readonly metrics: RenderedMetrics };

/** What a primary says to a worker first. It holds secrets, and so is not in the worker's environment, which reports and dumps show. */
export interface WorkerBootstrap {
  readonly index: number;
  /** The first process to start makes the tables for all. */
  readonly mayMigrate: boolean;
  /** As the primary read them: a worker that starts later has the same configuration. */
  readonly files: FileTexts;
}
