import {
  Controller,
  Delete,
  Extension,
  Get,
  Middlewares,
  OperationId,
  Path,
  Query,
  Request,
  Response,
  Route,
  Security,
  SuccessResponse,
  Tags,
} from '@tsoa/runtime';
import { refuseUnknownQuery } from '../middleware/refuse-unknown-query.js';
import type { ProblemBody } from '../problem/problem-body.js';
import { originOf, type SignedInRequest } from '../request-context.js';
import type { RestServices } from '../rest-services.js';
import { type SessionsBody, sessionsBody } from './session-bodies.js';
import { positionOf } from './session-cursor.js';

@Route('auth/sessions')
@Tags('sessions')
@Security('bearer')
@Response<ProblemBody>('default', 'A problem')
@Middlewares(refuseUnknownQuery)
export class SessionsController extends Controller {
  readonly #services: RestServices;

  constructor(services: RestServices) {
    super();
    this.#services = services;
  }

  /**
   * The most recently used session comes first. A session that is opened meanwhile changes no later page. A session that is refreshed
   * meanwhile moves to the front.
   * @summary List the own sessions
   * @param limit Sessions of a page.
   * @isInt limit wants a whole number
   * @minimum limit 1
   * @maximum limit 100
   * @param cursor The `next_cursor` of the previous page; omitted for the first page.
   * @pattern cursor ^[0-9a-f]{1,13}\.[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$ wants the next_cursor of a page
   */
  @Get()
  @OperationId('listSessions')
  @SuccessResponse(200, 'A page of the live sessions')
  async list(@Request() request: SignedInRequest, @Query() limit = 50, @Query() cursor?: string): Promise<SessionsBody> {
    const { userId, sessionId } = request.user;
    return sessionsBody(await this.#services.listSessions.execute({ userId, sessionId, limit, after: positionOf(cursor) }));
  }

  /**
   * Access tokens and sockets of an ended session are refused within a second. The service may require a recent login.
   * @summary End every other session, or all of them
   * @param scope `others` keeps the session of the request, `all` does not.
   */
  @Delete()
  @OperationId('endSessions')
  @SuccessResponse(204, 'Ended')
  @Extension('x-refusals', ['reauthentication_required'])
  async end(@Request() request: SignedInRequest, @Query() scope: 'others' | 'all' = 'others'): Promise<void> {
    const { userId, sessionId } = request.user;
    await this.#services.endSessions.execute({ userId, sessionId, which: { kind: scope }, origin: originOf(request) });
  }

  /**
   * It may be the session of the request. For another one the service may require a recent login.
   * @summary End one session
   * @param id The id from the list of sessions. A session of another user is unknown; a session that has ended is no error.
   */
  @Delete('{id}')
  @OperationId('endSession')
  @SuccessResponse(204, 'Ended')
  @Extension('x-refusals', ['not_found', 'reauthentication_required'])
  async endOne(@Path() id: string, @Request() request: SignedInRequest): Promise<void> {
    const { userId, sessionId } = request.user;
    await this.#services.endSessions.execute({ userId, sessionId, which: { kind: 'one', id }, origin: originOf(request) });
  }
}
