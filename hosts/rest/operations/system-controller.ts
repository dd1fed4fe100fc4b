import { Controller, Get, OperationId, Response, Route, SuccessResponse, Tags } from '@tsoa/runtime';
import { type HealthBody, healthBody, type ReadinessBody, readinessBody, readinessStatus } from '../../http/readiness-body.js';
import type { ProblemBody } from '../problem/problem-body.js';
import type { RestServices } from '../rest-services.js';

@Route('')
@Tags('system')
@Response<ProblemBody>('default', 'A problem')
export class SystemController extends Controller {
  readonly #services: RestServices;

  constructor(services: RestServices) {
    super();
    this.#services = services;
  }

  /**
   * Checks no dependency.
   * @summary Show whether the process runs
   */
  @Get('healthz')
  @OperationId('health')
  @SuccessResponse(200, 'It lives')
  async health(): Promise<HealthBody> {
    return healthBody;
  }

  /**
   * Checks every dependency. The service stays ready without an optional dependency, which the response lists as down.
   * @summary Show whether the service can serve requests
   */
  @Get('readyz')
  @OperationId('readiness')
  @SuccessResponse(200, 'Ready')
  @Response<ReadinessBody>(503, 'Something that it cannot do without is down')
  async readiness(): Promise<ReadinessBody> {
    const readiness = await this.#services.checkReadiness.execute();
    this.setStatus(readinessStatus(readiness));
    return readinessBody(readiness);
  }
}
