import type { FileTexts } from '../config/load-config.js';
import type { MetricsSnapshot, RenderedMetrics } from '../wiring/worker-context.js';

/**
 * The messages of a worker to its primary. `id` is the number of the request: the worker's own for its requests, the primary's for its
 * responses.
 */
export type WorkerMessage =
  | { readonly kind: 'render_metrics'; readonly id: number }
  /** `id` is null for the message that a worker sends at its end, without a request. */
  | { readonly kind: 'snapshot'; readonly id: number | null; readonly snapshot: MetricsSnapshot };

/** The messages of a primary to a worker. */
export type PrimaryMessage =
  | { readonly kind: 'take_snapshot'; readonly id: number }
  | { readonly kind: 'metrics_rendered'; readonly id: number; readonly metrics: RenderedMetrics };

/**
 * The first message of a primary to a worker. It contains secrets, and so is not in the worker's environment, which reports and dumps show.
 */
export interface WorkerBootstrap {
  readonly index: number;
  /** The first process to start creates the tables for all. */
  readonly mayMigrate: boolean;
  /** As the primary read them, so that a worker that starts later has the same configuration. */
  readonly files: FileTexts;
}
