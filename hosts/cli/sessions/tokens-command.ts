import { Option } from 'commander';
import type { RevokeSessionsInput, SessionsRevoked } from '../../../core/usecases/sessions/revoke-sessions.js';
import type { CliTools } from '../cli-actions.js';
import { CliCommand } from '../cli-command.js';
import { confirm } from '../confirm.js';
import { type AccountOptions, accountOf, withAccount } from '../options.js';
import { type NewsWay, newsWords, revocationPropagation } from './revocation-propagation.js';

interface RevokeOptions extends AccountOptions {
  readonly session?: string;
  readonly all?: true;
  readonly reason?: string;
  readonly yes?: true;
  readonly json?: true;
}

/** Commands that end sessions, and with them every token. */
export function tokensCommand(tools: CliTools): CliCommand {
  const { openCore, terminal, operator, holdUntilExit } = tools;
  const tokens = new CliCommand('tokens').description('end sessions and their tokens');
  const revoke = tokens.command('revoke') as CliCommand; // what `createCommand` makes
  withAccount(revoke)
    .description('end sessions: after the command returns, no token that was issued before works')
    .addOption(new Option('--session <id>', 'only this session').conflicts(['user', 'email', 'all']))
    .addOption(new Option('--all', 'every session of all accounts').conflicts(['user', 'email']))
    .option('--reason <text>', 'the reason, for the audit log')
    .option('--yes', 'do not ask for confirmation, which --all does')
    .withJson()
    .example('tokens revoke --user 42 --reason "lost phone"', 'signs account 42 out everywhere')
    .example('tokens revoke --session 019c8b6e-ad04-738a-93a8-69b5c64e5df0', 'ends one session')
    .example('tokens revoke --all --yes --reason "leaked secret"', 'signs all users out')
    .action(async (options: RevokeOptions) => {
      const which = selectionOf(options, revoke);
      const consequence = 'this signs everybody out, on every device';
      if (which.kind === 'all') await confirm({ isGiven: options.yes === true, consequence }, tools, revoke);
      await using core = await openCore('served');
      const revoked = await core.useCases.revokeSessions.execute({ which, reason: options.reason ?? null, actor: operator });
      holdUntilExit(revoked.lock);
      const way = await revocationPropagation(core.useCases.checkReadiness);
      if (options.json) terminal.printJson(revokedJson(revoked, way));
      else terminal.print(...sentences(revoked, way));
      if (!revoked.isComplete) terminal.note('People kept signing in meanwhile: run it again to end what was opened in the last moment.');
    });
  return tokens;
}

function selectionOf(options: RevokeOptions, command: CliCommand): RevokeSessionsInput['which'] {
  if (options.all === true) return { kind: 'all' };
  if (options.session !== undefined) return { kind: 'session', id: options.session };
  if (options.user === undefined && options.email === undefined) {
    command.error('error: say whose sessions: --user, --email, --session or --all');
  }
  return accountOf(options, command);
}

const revokedJson = ({ sessionsEnded, usersAffected, connectionsClosed, isComplete }: SessionsRevoked, way: NewsWay) => ({
  sessions_ended: sessionsEnded,
  users_affected: usersAffected,
  // Only Redis collects the numbers of all processes.
  sockets_closed: way === 'up' ? connectionsClosed : null,
  complete: isComplete,
  redis: way,
  followed_within_seconds: 1,
});

function sentences({ sessionsEnded, usersAffected, connectionsClosed }: SessionsRevoked, way: NewsWay): readonly string[] {
  if (sessionsEnded === 0) return ['No session was live.'];
  const sockets = way === 'up' && connectionsClosed !== null ? ` Sockets closed: ${connectionsClosed}.` : '';
  return [`Sessions ended: ${sessionsEnded}, of ${usersAffected} ${usersAffected === 1 ? 'user' : 'users'}.${sockets}`, newsWords[way]];
}
