import type { ServerResponse } from 'node:http';
import type { Metrics } from '../../core/ports/operations/metrics.js';

/** Answers with everything counted, as Prometheus reads it. Does not check that the client may read it: `metricsReader` does. */
export async function sendMetrics(response: ServerResponse, metrics: Pick<Metrics, 'render'>): Promise<void> {
  const { contentType, body } = await metrics.render();
  response.setHeader('Content-Type', contentType);
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
