import { Argument } from 'commander';
import { type CliTools, type ServeTarget, serveTargets } from '../cli-actions.js';
import { CliCommand } from '../cli-command.js';

interface ServeFlags {
  readonly host?: string;
  readonly port?: string;
  readonly workers?: string;
  readonly migrate?: true;
  readonly demo?: true;
}

export const serveCommand = ({ serve }: CliTools): CliCommand =>
  new CliCommand('serve')
    .description('run a server until it gets a signal to stop; its output is JSON, one object per line')
    .addArgument(
      new Argument('<what>', 'what to serve: rest is the REST API, ws is WebSocket, all is both on one port').choices(serveTargets),
    )
    .option('--host <address>', 'address to listen on, instead of HOST')
    .option('--port <number>', 'port to listen on, instead of PORT')
    .option('--workers <number>', 'number of processes, instead of WORKERS; auto: one per core')
    .option('--migrate', 'run pending migrations first')
    .option('--demo', 'make demo accounts in an embedded database without others and show a login; ignored with NODE_ENV=production')
    .example('serve rest --port 8000', 'serves the REST API')
    .example('serve rest --workers auto', 'serves it on every core; needs a database server and Redis')
    .example('serve all --migrate', 'creates missing tables, then serves everything on one port')
    .example('serve all --demo', 'what "npm start" runs: a server with demo accounts')
    .action((target: ServeTarget, { migrate, demo, ...options }: ServeFlags) =>
      serve({ target, ...options, migrate: migrate === true, demo: demo === true }),
    ) as CliCommand; // a cast: `action` returns the command that it was called on
