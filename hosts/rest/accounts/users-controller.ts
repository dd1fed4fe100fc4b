import {
  Body,
  Controller,
  Extension,
  Get,
  Header,
  Middlewares,
  OperationId,
  Patch,
  Request,
  Response,
  Route,
  Security,
  SuccessResponse,
  Tags,
} from '@tsoa/runtime';
import type { VersionedProfile } from '../../../core/usecases/accounts/view-profile.js';
import { entityTag, expectedVersions, unwantedVersions } from '../entity-tag.js';
import { refuseUnknownQuery } from '../middleware/refuse-unknown-query.js';
import type { ProblemBody } from '../problem/problem-body.js';
import { abortSignalOf, originOf, type SignedInRequest } from '../request-context.js';
import type { RestServices } from '../rest-services.js';
import { type ProfileChangesBody, profileChanges, type UserBody, userBody } from './user-bodies.js';

@Route('users')
@Tags('users')
@Security('bearer')
@Response<ProblemBody>('default', 'A problem')
@Middlewares(refuseUnknownQuery)
export class UsersController extends Controller {
  readonly #services: RestServices;

  constructor(services: RestServices) {
    super();
    this.#services = services;
  }

  /**
   * The `ETag` identifies the state of the profile. If `If-None-Match` has the same value, the response is 304, without a body.
   * @summary Show the own profile
   * @param ifMatch Entity tags of the states that may be returned; `*`, or no header, allows any state.
   */
  @Get('me')
  @OperationId('viewProfile')
  @SuccessResponse<{ ETag: string }>(200, 'The person')
  @Response<void, { ETag: string }>(304, 'Unchanged')
  @Extension('x-refusals', ['account_disabled', 'precondition_failed'])
  async view(@Request() request: SignedInRequest, @Header('If-Match') ifMatch?: string): Promise<UserBody> {
    const { userId } = request.user;
    return this.#show(await this.#services.viewProfile.execute({ userId, expectedVersions: expectedVersions(ifMatch) }));
  }

  /**
   * An absent member stays unchanged; null clears it.
   * @summary Change the own profile
   * @param ifMatch Entity tags of the states that may be changed; `*`, or no header, allows any state.
   * @param ifNoneMatch Entity tags of the states that may not be changed; `*` means every state.
   */
  @Patch('me')
  @OperationId('updateProfile')
  @SuccessResponse<{ ETag: string }>(200, 'The person as changed')
  @Extension('x-refusals', ['account_disabled', 'precondition_failed'])
  async update(
    @Body() body: ProfileChangesBody,
    @Request() request: SignedInRequest,
    @Header('If-Match') ifMatch?: string,
    @Header('If-None-Match') ifNoneMatch?: string,
  ): Promise<UserBody> {
    const { userId, sessionId } = request.user;
    const conditions = { expectedVersions: expectedVersions(ifMatch), unwantedVersions: unwantedVersions(ifNoneMatch) };
    const asked = { changes: profileChanges(body), ...conditions, origin: originOf(request), signal: abortSignalOf(request) };
    return this.#show(await this.#services.updateProfile.execute({ userId, sessionId, ...asked }));
  }

  #show({ profile, version }: VersionedProfile): UserBody {
    this.setHeader('ETag', entityTag(version));
    return userBody(profile);
  }
}
