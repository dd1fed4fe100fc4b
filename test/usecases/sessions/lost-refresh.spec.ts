import { expect } from 'chai';
import { HmacRefreshTokenCodec } from '../../../adapters/node-crypto/hmac-refresh-token-codec.js';
import { noOrigin as origin } from '../../../core/domain/origin.js';
import type { TokenResponse } from '../../../core/domain/sessions/token-response.js';
import { RegisterUser } from '../../../core/usecases/accounts/register-user.js';
import { AuthenticateAccess } from '../../../core/usecases/sessions/authenticate-access.js';
import { LogIn } from '../../../core/usecases/sessions/log-in.js';
import { LogOut } from '../../../core/usecases/sessions/log-out.js';
import { RefreshSession } from '../../../core/usecases/sessions/refresh-session.js';
import { makeWorld, type World } from '../../kit/make-world.js';
import { refusalOf } from '../../support/refusal.js';

const ana = { email: 'ana@example.org', password: 'correct horse', origin };
const hour = 3_600_000;

const refresh = (world: World, { refreshToken }: Pick<TokenResponse, 'refreshToken'>) =>
  new RefreshSession(world).execute({ refreshToken, origin });
const refusal = async (world: World, tokens: TokenResponse) => (await refusalOf(refresh(world, tokens))).code;

/** A phone with its first tokens, and the response to its first refresh, which it never received. */
const lost = async (world = makeWorld()) => {
  const { tokens: first } = await new RegisterUser(world).execute(ana);
  return { world, first, second: await refresh(world, first) };
};

describe('A refresh whose response was lost', () => {
  it('gets the same successor the next morning, for the rest of its idle timeout', async () => {
    const { world, first, second } = await lost();
    world.clock.advance(11 * hour);
    const again = await refresh(world, first);
    expect(again.refreshToken).to.equal(second.refreshToken);
    expect(again).to.include({ refreshExpiresIn: 13 * 3600, expiresIn: 900 });
    world.clock.advance(13 * hour - 1);
    expect((await refresh(world, again)).refreshExpiresIn).to.equal(86_400);
  });

  it('expires with its successor, to the millisecond', async () => {
    const { world, first } = await lost();
    world.clock.advance(24 * hour - 1);
    expect((await refresh(world, first)).refreshExpiresIn).to.equal(0);
    world.clock.advance(1);
    expect(await refusal(world, first)).to.equal('refresh_expired');
  });

  it('is repeated after the access token of its successor was used, and after the successor showed a known device', async () => {
    const { world, first, second } = await lost();
    await new AuthenticateAccess(world).execute({ token: second.accessToken });
    await new LogIn(world).execute({ ...ana, knownDevice: second.refreshToken });
    world.clock.advance(hour);
    expect((await refresh(world, first)).refreshToken).to.equal(second.refreshToken);
  });

  it('is reuse in the millisecond in which its successor was presented', async () => {
    const { world, first, second } = await lost();
    const third = await refresh(world, second);
    expect(await refusal(world, first)).to.equal('refresh_reused');
    for (const tokens of [first, second, third]) expect(await refusal(world, tokens)).to.equal('refresh_invalid');
  });

  it('is repeated no longer than a bound in seconds allows', async () => {
    const sessionPolicy = { ...makeWorld().sessionPolicy, replaySeconds: 600 };
    const { world, first } = await lost(makeWorld({ sessionPolicy }));
    world.clock.advance(600_000);
    await refresh(world, first);
    world.clock.advance(1);
    expect(await refusal(world, first)).to.equal('refresh_reused');
  });

  it('signs out with the token that the phone still holds', async () => {
    const { world, first, second } = await lost();
    world.clock.advance(61_000);
    await new LogOut(world).execute({ refreshToken: first.refreshToken, origin });
    expect(await refusal(world, second)).to.equal('refresh_invalid');
    expect((await refusalOf(new AuthenticateAccess(world).execute({ token: second.accessToken }))).code).to.equal('session_revoked');
  });

  it('is repeated under a new secret: the same number, in a text that outlives the old secret', async () => {
    const { world, first, second } = await lost();
    const old = 'a secret of the tests, and of nothing else';
    const next = 'the secret after it, of the tests alone';
    const during: World = { ...world, refreshTokens: new HmacRefreshTokenCodec({ current: next, previous: [old] }) };
    const after: World = { ...world, refreshTokens: new HmacRefreshTokenCodec({ current: next, previous: [] }) };
    world.clock.advance(11 * hour);
    const again = await refresh(during, first);
    expect(during.refreshTokens.open(again.refreshToken)).to.deep.equal(during.refreshTokens.open(second.refreshToken));
    expect((await refresh(after, again)).refreshToken).to.equal((await refresh(during, second)).refreshToken);
  });

  it('gives a thief with a copy of the token the same successor: the theft is found when one of them continues and the other returns', async () => {
    const { world, first: copied, second } = await lost();
    const owner = await refresh(world, copied);
    expect(owner.refreshToken).to.equal(second.refreshToken);
    const onwards = await refresh(world, second);
    expect((await refresh(world, owner)).refreshToken).to.equal(onwards.refreshToken);
    await refresh(world, onwards);
    expect(await refusal(world, owner)).to.equal('refresh_reused');
  });
});
