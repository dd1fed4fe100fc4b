import type { Session } from '../../../core/domain/sessions/session.js';
import type { CliTools } from '../cli-actions.js';
import { CliCommand } from '../cli-command.js';
import { type AccountOptions, accountOf, withAccount } from '../options.js';
import { type Column, table } from '../output/table.js';
import { localTime, utcTime } from '../output/times.js';

/** Commands that list sessions. */
export function sessionsCommand({ openCore, terminal }: CliTools): CliCommand {
  const sessions = new CliCommand('sessions').description('show the sessions of an account');
  const list = sessions.command('list') as CliCommand; // what `createCommand` makes
  withAccount(list)
    .description('list the live sessions of an account, the most recently used first')
    .withJson()
    .example('sessions list --user 42', 'lists the live sessions of account 42')
    .example('sessions list --email alice.martin@example.org --json', 'lists the same by address, one JSON object per line')
    .action(async ({ json, ...options }: AccountOptions & { readonly json?: true }) => {
      const account = accountOf(options, list);
      await using core = await openCore('served');
      const live = await core.useCases.listUserSessions.execute({ account });
      if (json) terminal.printJson(...live.map(sessionJson));
      else if (live.length === 0) terminal.print('No session is live.');
      else terminal.print(...(await table(live, columns, terminal.paint)));
    });
  return sessions;
}

const columns: readonly Column<Session>[] = [
  { heading: 'SESSION', text: ({ id }) => id },
  { heading: 'DEVICE', text: ({ deviceName }) => deviceName },
  { heading: 'ADDRESS', text: ({ ip }) => ip },
  { heading: 'SIGNED IN', text: ({ createdAt }) => localTime(createdAt) },
  { heading: 'LAST SEEN', text: ({ lastSeenAt }) => localTime(lastSeenAt) },
  { heading: 'EXPIRES', text: ({ idleExpiresAt }) => localTime(idleExpiresAt) },
  { heading: 'SOFTWARE', text: ({ userAgent }) => userAgent, style: () => 'faint' },
];

const sessionJson = (session: Session) => ({
  id: session.id,
  user_id: session.userId,
  device_name: session.deviceName,
  user_agent: session.userAgent,
  ip: session.ip,
  created_at: utcTime(session.createdAt),
  last_seen_at: utcTime(session.lastSeenAt),
  expires_at: utcTime(session.idleExpiresAt),
  ends_at: utcTime(session.expiresAt),
});
