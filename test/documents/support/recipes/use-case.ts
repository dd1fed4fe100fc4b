import { after, all, announced, before, imported, made, replaced } from './edits.js';
import type { Recipe } from './recipe.js';

const useCase = `
import type { UserId } from '../../domain/ids.js';
import type { Ports } from '../../ports/ports.js';

export type CountSessionsPorts = Pick<Ports, 'sessions' | 'clock'>;

/**
 * Counts where a user is signed in.
 * @throws AuthError \`dependency_unavailable\`
 */
export class CountSessions {
  readonly #ports: CountSessionsPorts;

  constructor(ports: CountSessionsPorts) {
    this.#ports = ports;
  }

  async execute({ userId }: { readonly userId: UserId }): Promise<number> {
    const { sessions, clock } = this.#ports;
    return (await sessions.listLive(userId, clock.now(), { after: null, limit: 200 })).length;
  }
}
`;

const useCaseSpec = `
import { expect } from 'chai';
import { noOrigin } from '../../../core/domain/origin.js';
import { RegisterUser } from '../../../core/usecases/accounts/register-user.js';
import { CountSessions } from '../../../core/usecases/sessions/count-sessions.js';
import { makeWorld } from '../../kit/make-world.js';

describe('CountSessions', () => {
  it('counts the live sessions of a user', async () => {
    const world = makeWorld();
    const { profile } = await new RegisterUser(world).execute({ email: 'ana@example.org', password: 'correct horse', origin: noOrigin });
    expect(await new CountSessions(world).execute({ userId: profile.user.id })).to.equal(1);
  });
});
`;

const body = `
/** How many sessions a user has. */
export interface SessionCountBody {
  /** @example 3 */
  count: number;
}

export const sessionCountBody = (count: number): SessionCountBody => ({ count });
`;

const action = `
  /**
   * Ended and expired sessions do not count.
   * @summary Count where the person is signed in
   */
  @Get('count')
  @OperationId('countSessions')
  @SuccessResponse(200, 'The number of live sessions')
  async count(@Request() request: SignedInRequest): Promise<SessionCountBody> {
    return sessionCountBody(await this.#services.countSessions.execute({ userId: request.user.userId }));
  }`;

const routesCase = `
  it('counts sessions', async () => {
    const { access_token: token } = await register(rest);
    expect((await rest.api.request('GET', '/auth/sessions/count', { token })).text).to.equal('{"count":1}');
  });
`;

/** Adds `CountSessions`, served as `GET /auth/sessions/count`. */
export const useCaseRecipe: Recipe = {
  title: 'To add a use case',
  names: { noun: 'sessions', verb: 'count-sessions', bodies: 'session-bodies' },
  files: {
    'core/usecases/sessions/count-sessions.ts': made(useCase),
    'core/usecases/use-cases.ts': all(
      imported("import type { CountSessions } from './sessions/count-sessions.js';"),
      after(/^export interface UseCases/, '  readonly countSessions: CountSessions;'),
    ),
    'hosts/wiring/use-cases-module.ts': all(
      imported("import { CountSessions } from '../../core/usecases/sessions/count-sessions.js';"),
      after(/^const classes: /, '  countSessions: CountSessions,'),
    ),
    'hosts/exports/core.ts': imported("export * from '../../core/usecases/sessions/count-sessions.js';"),
    'test/usecases/sessions/count-sessions.spec.ts': made(useCaseSpec),
    'hosts/rest/rest-services.ts': before(/\| 'registerUser'/, "      | 'countSessions'"),
    'hosts/rest/sessions/session-bodies.ts': (text) => `${text}${body}`,
    'hosts/rest/sessions/sessions-controller.ts': all(
      replaced(/import \{ (.*) \} from '(.*session-bodies.js)'/, "import { $1, type SessionCountBody, sessionCountBody } from '$2'"),
      replaced(/(\n {2}constructor\(.*?\n {2}\}\n)/s, `$1${action}\n`),
    ),
    'hosts/exports/client.ts': replaced(/(SessionBody,) (SessionsBody)/, '$1 SessionCountBody, $2'),
    'test/hosts/rest/support/rest-harness.ts': all(
      imported("import { CountSessions } from '../../../../core/usecases/sessions/count-sessions.js';"),
      before(/^ {4}registerUser: new RegisterUser/, '    countSessions: new CountSessions(ports),'),
    ),
    'test/hosts/rest/openapi/openapi.spec.ts': all(
      after(/^ {6}'GET \/auth\/sessions',/, "      'GET /auth/sessions/count',"),
      after(/^ {6}'GET \/auth\/sessions': /, "      'GET /auth/sessions/count': '200 401 422 429 500 503',"),
    ),
    'test/hosts/rest/routes.spec.ts': replaced(/\n( {2}it\('lists sessions)/, `${routesCase}\n$1`),
    'README.md': after(/^curl -s \$api\/auth\/sessions /, 'curl -s $api/auth/sessions/count -H "$bearer"'),
    'CHANGELOG.md': announced('`GET /auth/sessions/count` counts where a user is signed in.'),
  },
};
