import { expect } from 'chai';
import type { AuditRow } from '../../../core/domain/audit/audit-row.js';
import { noOrigin } from '../../../core/domain/origin.js';
import { RegisterUser } from '../../../core/usecases/accounts/register-user.js';
import { FollowAudit } from '../../../core/usecases/audit/follow-audit.js';
import { ListAudit } from '../../../core/usecases/audit/list-audit.js';
import { makeWorld, type World } from '../../kit/make-world.js';

const origin = noOrigin;
const password = 'correct horse';
const someone = (world: World, email = 'ana@example.org') => new RegisterUser(world).execute({ email, password, origin });

describe('The audit log', () => {
  const everything = { userId: null, event: null, since: null };

  it('shows the newest rows that pass, the oldest of them first', async () => {
    const world = makeWorld();
    for (const name of ['ana', 'bob', 'cleo']) await someone(world, `${name}@example.org`);
    const rows = await new ListAudit(world).execute({ ...everything, event: 'register', limit: 2 });
    expect(rows.map((row) => row.userId)).to.deep.equal(['2', '3']);
  });

  it('is followed: every row once, also one that was committed late below others', async () => {
    const world = makeWorld();
    await someone(world);
    const shown: AuditRow[] = [];
    const away: unknown[] = [];
    let isBroken = false;
    let hidden: number | null = null;
    const auditLog = {
      newest: world.auditLog.newest.bind(world.auditLog),
      after: async (...args: Parameters<World['auditLog']['after']>) => {
        if (isBroken) throw new Error('away');
        return (await world.auditLog.after(...args)).filter(({ id }) => id !== hidden);
      },
    };
    const follow = new FollowAudit({ ...world, auditLog });
    await follow.start({
      filter: { ...everything, event: 'register' },
      limit: 5,
      reader: { rows: (rows) => shown.push(...rows), away: (error) => away.push(error) },
    });
    const ids = () => shown.map(({ id }) => id);
    expect(ids()).to.deep.equal([1]);
    hidden = 2; // not committed yet
    await someone(world, 'bob@example.org');
    await someone(world, 'cleo@example.org');
    await world.scheduler.advance(1000);
    expect(ids()).to.deep.equal([1, 3]);
    hidden = null;
    await world.scheduler.advance(1000);
    expect(ids()).to.deep.equal([1, 3, 2]);
    isBroken = true;
    await world.scheduler.advance(2000);
    expect(away).to.have.lengthOf(1);
    isBroken = false;
    world.clock.advance(60_000);
    await someone(world, 'dora@example.org');
    await world.scheduler.advance(2000);
    expect(ids()).to.deep.equal([1, 3, 2, 4]);
    await follow.stop();
    expect(world.scheduler.size).to.equal(0);
  });
});
