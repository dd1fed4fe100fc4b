import type { Readiness } from '../../../core/usecases/check-readiness.js';

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
}

export const readinessStatus = ({ isReady }: Readiness): 200 | 503 => (isReady ? 200 : 503);

export function readinessBody({ isReady, dependencies }: Readiness): ReadinessBody {
  return { status: isReady ? 'ready' : 'unavailable', dependencies: dependencies.map(({ name, state }) => ({ name, state })) };
}
