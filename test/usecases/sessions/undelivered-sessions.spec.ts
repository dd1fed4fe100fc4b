import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { noOrigin } from '../../../core/domain/origin.js';
import type { UnitOfWork } from '../../../core/ports/unit-of-work.js';
import { RegisterUser } from '../../../core/usecases/accounts/register-user.js';
import { dropAnswerAfterCommit } from '../../kit/drop-answer-after-commit.js';
import { makeWorld, type World } from '../../kit/make-world.js';
import { refusalOf } from '../../support/refusal.js';

const ana = { email: 'ana@example.org', password: 'correct horse', origin: noOrigin };

describe('The session of a registration whose commit was not confirmed', () => {
  /** A process of its own, in which `wait` comes before each unit of work but the first. */
  const processOf = (world: World, wait: () => Promise<unknown>) => {
    let runs = 0;
    const unitOfWork: UnitOfWork = {
      run: async (work, options) => {
        runs += 1;
        if (runs > 1) await wait();
        return world.unitOfWork.run(work, options);
      },
    };
    return new RegisterUser({ ...world, unitOfWork });
  };

  it('is ended before the request is refused, so that its repeat signs in at any other process', async () => {
    const world = makeWorld();
    dropAnswerAfterCommit(world);
    expect(await refusalOf(processOf(world, () => delay(20)).execute(ana))).to.include({ code: 'dependency_unavailable' });
    const { tokens, profile } = await new RegisterUser(world).execute(ana);
    const live = await world.sessions.listLive(profile.user.id, world.clock.now());
    expect(live.map(({ id }) => id)).to.deep.equal([tokens.sessionId]);
  });

  it('keeps the request no longer than its client waits', async () => {
    const world = makeWorld();
    const gone = new AbortController();
    dropAnswerAfterCommit(world);
    const never = () => {
      setImmediate(() => gone.abort());
      return new Promise(() => {});
    };
    const refusal = await refusalOf(processOf(world, never).execute({ ...ana, signal: gone.signal }));
    expect([refusal.code, gone.signal.aborted]).to.deep.equal(['dependency_unavailable', true]);
  });
});
