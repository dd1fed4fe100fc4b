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
   * Asks nothing that it depends on.
   * @summary Say whether the process lives
   */
  @Get('healthz')
  @OperationId('health')
  @SuccessResponse(200, 'It lives')
  async health(): Promise<HealthBody> {
    return healthBody;
  }

  /**
   * Asks every dependency. Those that the service can do without are listed, and leave it ready.
   * @summary Say whether the service can do its work
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
