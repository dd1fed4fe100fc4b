import { Argument, Command } from 'commander';
import { type CliActions, type ServeTarget, serveTargets } from './cli-actions.js';

export const serveCommand = ({ serve }: CliActions): Command =>
  new Command('serve')
    .description('Run a server until it is told to stop')
    .addArgument(new Argument('<what>', 'rest: the REST API; all: everything on one port').choices(serveTargets))
    .option('--host <address>', 'listen here instead of HOST')
    .option('--port <number>', 'listen here instead of PORT')
    .option('--migrate', 'run pending migrations first', false)
    .action((target: ServeTarget, options: { host?: string; port?: string; migrate: boolean }) => serve({ target, ...options }));
