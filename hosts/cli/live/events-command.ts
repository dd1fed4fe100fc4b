import { Argument, Option } from 'commander';
import { userId } from '../../../core/domain/ids.js';
import type { PublishEventInput } from '../../../core/usecases/live/publish-event.js';
import type { CliTools } from '../cli-actions.js';
import { CliCommand } from '../cli-command.js';
import { revocationPropagation } from '../sessions/revocation-propagation.js';

interface PublishOptions {
  readonly user?: string;
  readonly all?: true;
  readonly json?: true;
}

/** Publishes events to connected devices. */
export function eventsCommand({ openCore, terminal }: CliTools): CliCommand {
  const events = new CliCommand('events').description('send events to connected devices');
  const publish = events.command('publish') as CliCommand; // what `createCommand` makes
  publish
    .description('send an event to the sockets of one user or of all; a client that reconnects within ten minutes gets it too')
    .addArgument(new Argument('<name>', 'the name of the event, such as order.shipped'))
    .addArgument(new Argument('<json>', 'the data of the event, as JSON'))
    .addOption(new Option('--user <id>', 'the account with this id').conflicts('all'))
    .addOption(new Option('--all', 'all users that were connected within the last day'))
    .withJson()
    .example('events publish --user 42 order.shipped \'{"id":7}\'', 'sends an event to every device of account 42')
    .example('events publish --all maintenance.planned \'{"minutes":5}\'', 'sends an event to all users')
    .action(async (name: string, json: string, options: PublishOptions) => {
      const data = parseJson(json, publish);
      const to = receiverOf(options, publish);
      await using core = await openCore('served');
      if ((await revocationPropagation(core.useCases.checkReadiness)) === 'none') {
        throw new Error('Without Redis events stay in the process that serves: set REDIS_URL, there and here.');
      }
      const users = await core.useCases.publishEvent.execute({ to, name, data, by: 'server' });
      if (options.json) terminal.printJson({ users });
      else terminal.print(`Published to ${users} ${users === 1 ? 'user' : 'users'}.`);
    });
  return events;
}

function parseJson(text: string, command: CliCommand): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return command.error('error: the data wants to be JSON; a text is written with its quotes: \'"text"\'');
  }
}

function receiverOf({ user, all }: PublishOptions, command: CliCommand): PublishEventInput['to'] {
  if (all === true) return { kind: 'all' };
  if (user === undefined) return command.error('error: say to whom: --user or --all');
  return { kind: 'user', userId: userId(user) };
}
