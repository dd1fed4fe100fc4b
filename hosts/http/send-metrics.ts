import type { ServerResponse } from 'node:http';
import type { Metrics } from '../../core/ports/operations/metrics.js';

/** Sends all metrics in a format that Prometheus reads. Does not check that the client may read them: `metricsReader` does. */
export async function sendMetrics(response: ServerResponse, metrics: Pick<Metrics, 'render'>): Promise<void> {
  const { contentType, body } = await metrics.render();
  response.setHeader('Content-Type', contentType);
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
