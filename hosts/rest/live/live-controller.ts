import { Controller, Middlewares, OperationId, Post, Request, Response, Route, Security, SuccessResponse, Tags } from '@tsoa/runtime';
import { refuseUnknownQuery } from '../middleware/refuse-unknown-query.js';
import type { ProblemBody } from '../problem/problem-body.js';
import type { SignedInRequest } from '../request-context.js';
import type { RestServices } from '../rest-services.js';
import { type TicketBody, ticketBody } from './ticket-body.js';

@Route('ws')
@Tags('live')
@Security('bearer')
@Response<ProblemBody>('default', 'A problem')
@Middlewares(refuseUnknownQuery)
export class LiveController extends Controller {
  readonly #services: RestServices;

  constructor(services: RestServices) {
    super();
    this.#services = services;
  }

  /**
   * For browsers, which cannot send a header with a WebSocket. The socket is closed when the access token expires.
   * @summary Get a ticket that opens one WebSocket
   */
  @Post('ticket')
  @OperationId('issueTicket')
  @SuccessResponse(200, 'A ticket')
  async ticket(@Request() request: SignedInRequest): Promise<TicketBody> {
    return ticketBody(await this.#services.issueTicket.execute(request.user));
  }
}
