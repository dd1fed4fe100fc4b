import type { Readiness } from '../../core/usecases/operations/check-readiness.js';

/** The process lives. */
export interface HealthBody {
  status: 'ok';
}

/** Whether the service can do its work, and how what it depends on is. */
export interface ReadinessBody {
  status: 'ready' | 'unavailable';
  dependencies: DependencyBody[];
}

export interface DependencyBody {
  /** @example "database" */
  name: string;
  state: 'up' | 'down';
  /**
   * What has to be put right although it works. Only there if there is anything.
   * @example "maxmemory-policy allkeys-lru lets it forget rate limits: set noeviction"
   */
  warning?: string;
}

export const healthBody: HealthBody = { status: 'ok' };

export const readinessStatus = ({ isReady }: Readiness): 200 | 503 => (isReady ? 200 : 503);

export function readinessBody({ isReady, dependencies }: Readiness): ReadinessBody {
  return {
    status: isReady ? 'ready' : 'unavailable',
    dependencies: dependencies.map(({ name, state, warning }) => ({ name, state, ...(warning !== null && { warning }) })),
  };
}
