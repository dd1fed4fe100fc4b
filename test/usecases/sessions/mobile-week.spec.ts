import { expect } from 'chai';
import { makeWorld } from '../../kit/make-world.js';
import { simulateMobileWeek } from '../../kit/mobile-week/simulate-mobile-week.js';
import { blindToReuse, forgetful } from '../support/faulty-units.js';

const world = makeWorld();
const boundedTo = (replaySeconds: number) => ({ ...world.sessionPolicy, replaySeconds });
const smallWeek = { devices: 10, seed: 3, loss: 0.2, days: 7 };

describe('A week of phones on bad networks, in memory', () => {
  it('signs none of 200 phones out but where the rules demand it, and finds every theft that they can see', async function () {
    this.timeout(60_000);
    const report = await simulateMobileWeek(makeWorld(), { devices: 200, seed: 1, loss: 0.2, days: 7 });
    expect(report).to.deep.include({ falseLogouts: [], missedThefts: [], faults: [] });
    const { refreshes, kills, thefts, logouts } = report;
    expect(refreshes.rotated).to.be.greaterThan(200 * 7 * 3);
    for (const count of [
      refreshes.lostRequests,
      refreshes.lostAnswers,
      refreshes.late,
      refreshes.repeatedAfterAnHour,
      refreshes.unavailable,
    ]) {
      expect(count).to.be.greaterThan(500);
    }
    expect(kills.beforeStored).to.be.greaterThan(100);
    expect(kills.afterStored).to.be.greaterThan(100);
    expect(report).to.include({ restarts: 14, failovers: 7 });
    expect(thefts.found).to.be.greaterThan(50);
    expect(thefts.unseen, 'copies whose holder and whose owner never came upon each other').to.be.greaterThan(20);
    expect(thefts.found + thefts.unseen + thefts.tooLate).to.equal(thefts.presented);
    expect(logouts.theft_found).to.be.within(1, thefts.found);
    expect(logouts.idle_life_over).to.be.greaterThan(0);
    expect(logouts.signed_out).to.be.greaterThan(0);
  });

  it('is the same for the same seed, and another one for another', async () => {
    const first = await simulateMobileWeek(makeWorld(), smallWeek);
    expect(await simulateMobileWeek(makeWorld(), smallWeek)).to.deep.equal(first);
    expect(await simulateMobileWeek(makeWorld(), { ...smallWeek, concurrency: 1 })).to.deep.equal(first);
    expect(await simulateMobileWeek(makeWorld(), { ...smallWeek, seed: 4 })).not.to.deep.equal(first);
  });

  it('without thieves ends no session as theft', async () => {
    const { thefts, logouts, ...report } = await simulateMobileWeek(makeWorld(), { ...smallWeek, loss: 0.5, theftsPerWeek: 0 });
    expect(report).to.deep.include({ falseLogouts: [], missedThefts: [], faults: [] });
    expect({ presented: thefts.presented, ended: logouts.theft_found }).to.deep.equal({ presented: 0, ended: 0 });
  });

  it('ends sessions at the end of their absolute life', async () => {
    const sessionPolicy = { ...world.sessionPolicy, sessionMaxSeconds: 2 * 86_400 };
    const report = await simulateMobileWeek(makeWorld({ sessionPolicy }), smallWeek);
    expect(report).to.deep.include({ falseLogouts: [], missedThefts: [], faults: [] });
    expect(report.logouts.absolute_life_over).to.be.greaterThan(5);
  });

  for (const seconds of [60, 3600]) {
    it(`shows the false logouts of a bound of ${seconds} s on repeats`, async () => {
      const { falseLogouts, faults } = await simulateMobileWeek(makeWorld({ sessionPolicy: boundedTo(seconds) }), smallWeek);
      expect(falseLogouts.length).to.be.greaterThan(10);
      expect(falseLogouts[0]).to.include({ code: 'refresh_reused' });
      expect(faults).to.deep.equal([]);
    });
  }

  it('shows the thefts that a store without reuse detection misses', async () => {
    const ports = makeWorld();
    const { missedThefts, falseLogouts } = await simulateMobileWeek({ ...ports, unitOfWork: blindToReuse(ports.unitOfWork) }, smallWeek);
    expect(missedThefts.length).to.be.greaterThan(2);
    expect(missedThefts[0])
      .to.include({ code: null })
      .and.to.have.property('detail')
      .that.matches(/^token \d+ was accepted after a later one$/);
    expect(falseLogouts).to.deep.equal([]);
  });

  it('shows a successor that is another one for each answer', async () => {
    const ports = makeWorld();
    let seals = 0;
    const refreshTokens = {
      seal: (ticket: Parameters<typeof ports.refreshTokens.seal>[0]) => `${ports.refreshTokens.seal(ticket)}.${++seals}`,
      open: (token: string) => ports.refreshTokens.open(token.replace(/\.\d+$/, '')),
    };
    const { faults } = await simulateMobileWeek({ ...ports, refreshTokens }, smallWeek);
    expect(faults.map(({ detail }) => detail)).to.include('token 0 has two successors');
  });

  it('shows a lost unit of work as a false logout', async () => {
    const ports = makeWorld();
    const unitOfWork = forgetful(ports.unitOfWork, 50);
    const { falseLogouts } = await simulateMobileWeek({ ...ports, unitOfWork }, smallWeek);
    expect(falseLogouts.map(({ code }) => code)).to.include('refresh_invalid');
  });
});
