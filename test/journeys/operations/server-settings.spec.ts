import { ownTables } from '../../../migrations/own-tables.js';
import { hostileSettings, setGlobally } from '../../support/servers/global-settings.js';
import { sharedDatabaseServer } from '../../support/servers/shared-database.js';
import { accountJourney } from '../support/account-journey.js';
import { serverStage } from '../support/server-stage.js';

describe('On a database server whose configuration is turned against it', () => {
  it('an account lives as on any other, and nothing of it is lost', async () => {
    const server = await sharedDatabaseServer();
    await using stage = await serverStage();
    await stage.database.query(`drop table ${ownTables.join(', ')}`);
    {
      await using _settings = await setGlobally(server, hostileSettings(server.kind));
      await accountJourney(stage);
    }
  }).timeout(60_000);
});
