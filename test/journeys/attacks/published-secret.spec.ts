import { expect } from 'chai';
import { publishedValues } from '../../hosts/config/support/published-values.js';
import { runCommand } from '../../support/run-command.js';
import { testSecret } from '../support/stage.js';
import { stages } from '../support/stages.js';

const [fastApiKey = ''] = publishedValues['FastAPI, tutorial on OAuth2 with JWT'] ?? [];
const asBase64 = Buffer.from(fastApiKey, 'hex').toString('base64');

for (const { name, open } of stages) {
  describe(`A signing key that stands in a public document, ${name}`, () => {
    it('starts no server, as current and as previous secret, in any spelling, and is not repeated', async () => {
      await using stage = await open();
      const attempts: readonly [string, Readonly<Record<string, string>>][] = [
        ['APP_SECRET', { APP_SECRET: fastApiKey }],
        ['APP_SECRET', { APP_SECRET: asBase64 }],
        ['APP_SECRET_PREVIOUS', { APP_SECRET: testSecret, APP_SECRET_PREVIOUS: fastApiKey.toUpperCase() }],
      ];
      for (const [variable, env] of attempts) {
        const { exitCode, stdout, stderr } = await runCommand(['serve', 'rest'], {
          env: { ...stage.env, PORT: '0', ...env },
          cwd: stage.cwd,
        });
        expect(exitCode, variable).to.equal(1);
        expect(stdout).to.equal('');
        expect(stderr).to.match(
          new RegExp(`^${variable}: wants a random value that was never published, .*move-acces secret generate.*\n$`),
        );
        expect(stderr).not.to.include(fastApiKey.slice(0, 8)).and.not.to.include(asBase64.slice(0, 8));
      }
    });
  });
}
