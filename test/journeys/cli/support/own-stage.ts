import { type ServerStage, serverStage } from '../../support/server-stage.js';
import { type Cli, cliOf } from './command-output.js';

/** For the tests of a `describe`: one stage on the database server, and the command line there. */
export function ownStage(): { readonly stage: ServerStage; readonly cli: Cli } {
  let stage: ServerStage;
  let cli: Cli;
  before(async () => {
    stage = await serverStage();
    cli = cliOf(stage);
  });
  after(() => stage?.[Symbol.asyncDispose]());
  return {
    get stage() {
      return stage;
    },
    get cli() {
      return cli;
    },
  };
}
