import {
  Body,
  Controller,
  Extension,
  Get,
  Header,
  OperationId,
  Patch,
  Request,
  Response,
  Route,
  Security,
  SuccessResponse,
  Tags,
} from '@tsoa/runtime';
import type { VersionedProfile } from '../../../core/usecases/view-profile.js';
import { entityTag, expectedVersions } from '../entity-tag.js';
import { originOf, patienceOf, type SignedInRequest } from '../request-context.js';
import type { RestServices } from '../rest-services.js';
import type { ProblemBody } from '../wire/problem-body.js';
import { type ProfileChangesBody, profileChanges } from '../wire/profile-changes-body.js';
import { type UserBody, userBody } from '../wire/user-body.js';

@Route('users')
@Tags('users')
@Security('bearer')
@Response<ProblemBody>('default', 'A problem')
export class UsersController extends Controller {
  readonly #services: RestServices;

  constructor(services: RestServices) {
    super();
    this.#services = services;
  }

  /**
   * Its `ETag` names this state of it; with the same in `If-None-Match` the answer is 304, without a body.
   * @summary Show the person who asks
   */
  @Get('me')
  @OperationId('viewProfile')
  @SuccessResponse<{ ETag: string }>(200, 'The person')
  @Response<void, { ETag: string }>(304, 'Unchanged')
  @Extension('x-refusals', ['account_disabled'])
  async view(@Request() request: SignedInRequest): Promise<UserBody> {
    return this.#show(await this.#services.viewProfile.execute(request.user));
  }

  /**
   * What is absent stays as it is, null clears.
   * @summary Change what a person may change of himself
   * @param ifMatch Entity tags of the states that may be changed; `*`, or none, is any state.
   */
  @Patch('me')
  @OperationId('updateProfile')
  @SuccessResponse<{ ETag: string }>(200, 'The person as changed')
  @Extension('x-refusals', ['account_disabled', 'precondition_failed'])
  async update(
    @Body() body: ProfileChangesBody,
    @Request() request: SignedInRequest,
    @Header('If-Match') ifMatch?: string,
  ): Promise<UserBody> {
    const { userId, sessionId } = request.user;
    const asked = { changes: profileChanges(body), expectedVersions: expectedVersions(ifMatch), origin: originOf(request) };
    return this.#show(await this.#services.updateProfile.execute({ userId, sessionId, ...asked, signal: patienceOf(request) }));
  }

  #show({ profile, version }: VersionedProfile): UserBody {
    this.setHeader('ETag', entityTag(version));
    return userBody(profile);
  }
}
