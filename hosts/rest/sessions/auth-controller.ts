import {
  Body,
  Controller,
  Extension,
  Middlewares,
  OperationId,
  Post,
  Request,
  Response,
  Route,
  Security,
  SuccessResponse,
  Tags,
} from '@tsoa/runtime';
import type * as express from 'express';
import { type RegisterBody, registerInput } from '../accounts/user-bodies.js';
import { refuseUnknownQuery } from '../middleware/refuse-unknown-query.js';
import { type PasswordBody, passwordInput } from '../passwords/password-body.js';
import type { ProblemBody } from '../problem/problem-body.js';
import { abortSignalOf, noteRefresh, noteSignIn, originOf, type SignedInRequest } from '../request-context.js';
import type { RestServices } from '../rest-services.js';
import {
  type LogInBody,
  logInInput,
  type RefreshTokenBody,
  type SignedInBody,
  signedInBody,
  type TokensBody,
  tokensBody,
} from './auth-bodies.js';

@Route('auth')
@Tags('sign-in')
@Response<ProblemBody>('default', 'A problem')
@Middlewares(refuseUnknownQuery)
export class AuthController extends Controller {
  readonly #services: RestServices;

  constructor(services: RestServices) {
    super();
    this.#services = services;
  }

  /**
   * Creates the account and opens a session. The limit `register` counts the request, whether it succeeds or not. After a 503 the same
   * request may be sent again: if the account was created nevertheless, the request logs in.
   * @summary Create an account
   */
  @Post('register')
  @OperationId('register')
  @SuccessResponse(201, 'The account is open and signed in')
  @Extension('x-refusals', ['email_taken', 'overloaded'])
  async register(@Body() body: RegisterBody, @Request() request: express.Request): Promise<SignedInBody> {
    const input = { ...registerInput(body), origin: originOf(request), signal: abortSignalOf(request) };
    return signedInBody(noteSignIn(request, await this.#services.registerUser.execute(input)));
  }

  /**
   * The response is the same for an unknown address and a wrong password. It reveals that an account is closed only with the right password.
   * Wrong passwords count for the account. With `known_device`, the last refresh token of the account on this device, they count only for
   * that device.
   * @summary Log in with a password
   */
  @Post('login')
  @OperationId('login')
  @SuccessResponse(200, 'Signed in')
  @Extension('x-refusals', ['invalid_credentials', 'account_disabled', 'overloaded'])
  async login(@Body() body: LogInBody, @Request() request: express.Request): Promise<SignedInBody> {
    const input = { ...logInInput(body), origin: originOf(request), signal: abortSignalOf(request) };
    return signedInBody(noteSignIn(request, await this.#services.logIn.execute(input)));
  }

  /**
   * Returns new tokens, which replace the presented refresh token. If the response is lost, send the same token again: as long as its
   * successor was not presented, the response has the same successor. An operator can also limit the time for that. A token that is
   * presented later ends its session.
   * @summary Exchange a refresh token for new tokens
   */
  @Post('refresh')
  @OperationId('refresh')
  @SuccessResponse(200, 'The successor, and a new access token')
  @Extension('x-refusals', ['refresh_invalid', 'refresh_expired', 'refresh_reused', 'account_disabled'])
  async refresh(@Body() body: RefreshTokenBody, @Request() request: express.Request): Promise<TokensBody> {
    const input = { refreshToken: body.refresh_token, origin: originOf(request), signal: abortSignalOf(request) };
    return tokensBody(noteRefresh(request, await this.#services.refreshSession.execute(input)));
  }

  /**
   * Ends the session that the refresh token belongs to. An unknown token is no error (RFC 7009).
   * @summary Log out
   */
  @Post('logout')
  @OperationId('logout')
  @SuccessResponse(204, 'Signed out')
  async logout(@Body() body: RefreshTokenBody, @Request() request: express.Request): Promise<void> {
    await this.#services.logOut.execute({ refreshToken: body.refresh_token, origin: originOf(request) });
  }

  /**
   * Every other session of the user ends. After a 503 the same request may be sent again: if the new password is valid already, the
   * response is 204.
   * @summary Change the password
   */
  @Post('password')
  @OperationId('changePassword')
  @Security('bearer')
  @SuccessResponse(204, 'Changed')
  @Extension('x-refusals', ['current_password_wrong', 'overloaded'])
  async changePassword(@Body() body: PasswordBody, @Request() request: SignedInRequest): Promise<void> {
    const { userId, sessionId } = request.user;
    const input = { userId, sessionId, ...passwordInput(body), origin: originOf(request), signal: abortSignalOf(request) };
    await this.#services.changePassword.execute(input);
  }
}
