import { Router } from 'express';
import { metricsReader } from '../../http/metrics-reader.js';
import { sendMetrics } from '../../http/send-metrics.js';
import type { RestServices, RestSettings } from '../rest-services.js';

/** `/metrics`, for clients that `metricsReader` admits. */
export function metricsRoute(
  { metrics }: Pick<RestServices, 'metrics'>,
  settings: Pick<RestSettings, 'metricsToken' | 'trustProxy'>,
): Router {
  const router = Router({ strict: true, caseSensitive: true });
  const admit = metricsReader(settings);
  router.get('/metrics', async (request, response) => {
    request.context.isBearerDue = settings.metricsToken !== null;
    admit(request);
    await sendMetrics(response, metrics);
  });
  return router;
}
