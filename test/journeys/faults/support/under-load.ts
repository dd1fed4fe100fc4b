import type { RunningServer } from '../../../support/running-server.js';
import { type FaultStage, faultStage } from './fault-stage.js';
import { type Load, startLoad } from './load.js';

/** A server and its clients. */
export interface UnderLoad {
  readonly stage: FaultStage;
  readonly server: RunningServer;
  readonly load: Load;
}

/** For the tests of a `describe`: one server for all, and for each test its own load, whose clients are all served when the test starts. */
export function underLoad(): UnderLoad {
  let stage: FaultStage;
  let server: RunningServer;
  let load: Load;
  before(async () => {
    stage = await faultStage({ TRUST_PROXY: '127.0.0.1' }); // honest clients name their requests themselves
    server = await stage.start();
  });
  after(async () => {
    await server?.[Symbol.asyncDispose]();
    await stage?.[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    load = startLoad({ url: () => server.url });
    await load.served(20_000);
  });
  afterEach(async () => {
    for (const wire of [stage.databaseWire, stage.redisWire]) wire.behave('pass');
    await load?.[Symbol.asyncDispose]();
  });
  return {
    get stage() {
      return stage;
    },
    get server() {
      return server;
    },
    get load() {
      return load;
    },
  };
}
