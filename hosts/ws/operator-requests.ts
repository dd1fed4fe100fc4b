import type { IncomingMessage, ServerResponse } from 'node:http';
import { AuthError } from '../../core/domain/auth-error.js';
import { bearerChallenge } from '../http/bearer-challenge.js';
import { clientAddressFinder } from '../http/client-address.js';
import { hostGuard } from '../http/host-guard.js';
import { type MetricsReaderSettings, metricsReader } from '../http/metrics-reader.js';
import { instanceOf } from '../http/problem-document.js';
import { healthBody, readinessBody, readinessStatus } from '../http/readiness-body.js';
import { refusalFields } from '../http/refusal-fields.js';
import { requestIdFinder } from '../http/request-id.js';
import { requestPath } from '../http/request-path.js';
import { protectAnswer } from '../http/security-fields.js';
import { sendMetrics } from '../http/send-metrics.js';
import { type PlainProblem, sendProblem } from '../http/send-problem.js';
import type { WsServerServices } from './ws-services.js';

/** Handles requests that are not upgrades, on a server for WebSocket only: health, readiness, metrics; it refuses all others. */
export function operatorRequests(services: WsServerServices, settings: MetricsReaderSettings) {
  const { logger, checkReadiness, metrics } = services;
  const findRequestId = requestIdFinder({ ...services, ...settings });
  const findAddress = clientAddressFinder(settings.trustProxy);
  const judgeHost = hostGuard({ logger, ...settings });
  const admitMetricsReader = metricsReader(settings);

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = requestPath(request);
    const requestId = findRequestId(request);
    const refuse = (problem: Omit<PlainProblem, 'requestId' | 'instance'>) => {
      logger.info('request refused', refusalFields({ requestId, code: problem.code, ip: findAddress(request) }));
      sendProblem(response, { ...problem, requestId, instance: instanceOf(path) });
    };
    const hostFault = judgeHost(request);
    if (hostFault !== null) return refuse({ code: hostFault });
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return refuse({ code: 'method_not_allowed', headers: { Allow: 'GET, HEAD' } });
    }
    protectAnswer(response);
    response.setHeader('X-Request-Id', requestId);
    switch (path) {
      case '/healthz':
        return json(response, 200, healthBody);
      case '/readyz': {
        const readiness = await checkReadiness.execute();
        return json(response, readinessStatus(readiness), readinessBody(readiness));
      }
      case '/metrics': {
        const code = refusalBy(() => admitMetricsReader(request));
        const challenge: Record<string, string> =
          settings.metricsToken === null || code === null ? {} : { 'WWW-Authenticate': bearerChallenge(code) };
        if (code !== null) return refuse({ code, headers: challenge });
        return await sendMetrics(response, metrics);
      }
      case '/ws':
        // RFC 9110 §15.5.22
        return refuse({ code: 'malformed_request', status: 426, headers: { Upgrade: 'websocket', Connection: 'Upgrade' } });
      default:
        return refuse({ code: 'not_found' });
    }
  };
}

function refusalBy(judge: () => void): AuthError['code'] | null {
  try {
    judge();
    return null;
  } catch (error) {
    if (error instanceof AuthError) return error.code;
    throw error;
  }
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
