import { expect } from 'chai';
import type { ProfileChanges } from '../../../../core/domain/accounts/user.js';
import type { UserId } from '../../../../core/domain/ids.js';
import { existingHands } from '../../../contracts/support/existing-hands.js';
import { migratedDatabase } from '../../../contracts/support/migrated-database.js';
import { violationsOf } from '../../../support/refusal.js';

describe('Profile changes at once', () => {
  const opened = migratedDatabase();
  const people: UserId[] = [];

  before(async () => {
    const { addUser } = existingHands((sql, params) => opened.test.query(sql, params));
    for (let index = 0; index < 12; index += 1) people.push(await addUser({ email: `p${index}@example.org`, lastName: `P${index}` }));
  });

  it('change what each asked for and nothing else, and only what does not fit is refused', async () => {
    const change = (id: UserId, changes: ProfileChanges) => opened.database.unitOfWork.run(({ users }) => users.updateProfile(id, changes));
    await Promise.all(people.map((id, index) => change(id, { firstName: 'Anna', lastName: `L${index}`, phone: '1' })));
    const wanted: readonly ProfileChanges[] = [
      { lastName: "D'Arc" },
      { lastName: 'Ünal \\ 東京 ?' },
      { lastName: 'x'.repeat(101) },
      { phone: null },
      { phone: '+33612345678' },
      { firstName: 'Zoé', lastName: '', phone: null },
      { firstName: 'Ana', lastName: 'B', phone: '2' },
    ];
    const outcomes = await Promise.allSettled(wanted.map((changes, index) => change(people[index] as UserId, changes)));
    expect(outcomes.map(({ status }) => status)).to.deep.equal(wanted.map((_, index) => (index === 2 ? 'rejected' : 'fulfilled')));
    const refusal = (outcomes[2] as PromiseRejectedResult).reason;
    expect(refusal).to.include({ code: 'validation_failed' });
    expect(violationsOf(refusal)).to.have.lengthOf(1).and.to.have.nested.property('0.field', 'lastName');
    const rows = await opened.test.query('select prenom as firstName, nom as lastName, telephone as phone from users order by id');
    const unchanged = (index: number) => ({ firstName: 'Anna', lastName: `L${index}`, phone: '1' });
    expect(rows).to.deep.equal(people.map((_, index) => ({ ...unchanged(index), ...(index === 2 ? {} : wanted[index]) })));
  });
});
