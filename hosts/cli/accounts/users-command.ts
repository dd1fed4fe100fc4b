import { Argument, Option } from 'commander';
import type { User } from '../../../core/domain/accounts/user.js';
import type { ShownUser } from '../../../core/usecases/accounts/show-user.js';
import type { AccountSelector } from '../../../core/usecases/steps/find-account.js';
import type { CliTools } from '../cli-actions.js';
import { CliCommand } from '../cli-command.js';
import { confirm } from '../confirm.js';
import { wholeNumber } from '../options.js';
import { fieldList } from '../output/field-list.js';
import { type Column, table } from '../output/table.js';
import { localTime, utcTime } from '../output/times.js';

interface ListOptions {
  readonly search?: string;
  readonly limit: number;
  readonly cursor?: string;
  readonly json?: true;
}

/** Commands that list accounts, and that disable or enable them. */
export function usersCommand(tools: CliTools): CliCommand {
  const users = new CliCommand('users').description('find accounts, disable and enable them');
  addList(users, tools);
  addShow(users, tools);
  addSwitch(users, tools, false);
  addSwitch(users, tools, true);
  return users;
}

function addList(users: CliCommand, { openCore, terminal }: CliTools): void {
  const list = users.command('list') as CliCommand; // what `createCommand` makes
  list
    .description('list accounts in order of their ids')
    .option('--search <text>', 'only accounts with this text in their address or name, in upper or lower case')
    .addOption(new Option('--limit <number>', 'maximum number of accounts, 1 to 1000').default(50).argParser(wholeNumber(1, 1000)))
    .option('--cursor <id>', 'only accounts after this id, which is the last one of the previous page')
    .withJson()
    .example('users list --search martin', 'lists accounts with "martin" in the address or the name')
    .example('users list --limit 100 --cursor 250', 'lists the next hundred after account 250')
    .action(async ({ search, limit, cursor, json }: ListOptions) => {
      await using core = await openCore('served');
      const after = cursor === undefined ? null : (cursor as User['id']); // a cast: a text that is not a key sorts after all keys
      const page = await core.useCases.listUsers.execute({ search: search ?? null, limit, after });
      if (json) return terminal.printJson(...page.users.map(userJson));
      terminal.print(...(await table(page.users, columns, terminal.paint)));
      if (page.users.length === 0) terminal.note('Nobody is like that.');
      if (page.hasMore) terminal.note(`There are more: --cursor ${page.users.at(-1)?.id}`);
    });
}

function addShow(users: CliCommand, { openCore, terminal }: CliTools): void {
  const show = users.command('show') as CliCommand;
  show
    .description('show one account with its subscription')
    .addArgument(accountArgument())
    .withJson()
    .example('users show 42', 'shows the account with the id 42')
    .example('users show alice.martin@example.org --json', 'shows the account with this address, as JSON')
    .action(async (account: string, { json }: { readonly json?: true }) => {
      await using core = await openCore('served');
      const shown = await core.useCases.showUser.execute({ account: selectorOf(account) });
      if (json) terminal.printJson(shownJson(shown));
      else terminal.print(...fieldList(shownFields(shown), terminal.paint));
    });
}

interface SwitchOptions {
  readonly yes?: true;
  readonly json?: true;
}

function addSwitch(users: CliCommand, tools: CliTools, isEnabled: boolean): void {
  const { openCore, terminal, operator } = tools;
  const word = isEnabled ? 'enable' : 'disable';
  const command = users.command(word) as CliCommand;
  command
    .description(isEnabled ? 'allow an account to log in again' : 'prevent an account from logging in, and end its sessions')
    .addArgument(accountArgument())
    .withJson()
    .example(`users ${word} 42${isEnabled ? '' : ' --yes'}`, `${word}s the account with the id 42`)
    .example(`users ${word} david@example.org`, `${word}s the account with this address${isEnabled ? '' : ', after a confirmation'}`);
  if (!isEnabled) command.option('--yes', 'do not ask for confirmation');
  command.action(async (account: string, { yes, json }: SwitchOptions) => {
    const consequence = 'this keeps the account from signing in, and ends its sessions';
    if (!isEnabled) await confirm({ isGiven: yes === true, consequence }, tools, command);
    await using core = await openCore('served');
    const { setAccountEnabled } = core.useCases;
    const switched = await setAccountEnabled.execute({ account: selectorOf(account), isEnabled, actor: operator });
    const { user, hasChanged, sessionsEnded } = switched;
    if (json) return terminal.printJson({ ...userJson(user), changed: hasChanged, sessions_ended: sessionsEnded });
    const ended = isEnabled ? '' : ` Sessions ended: ${sessionsEnded}.`;
    terminal.print(`Account ${user.id} ${hasChanged ? 'is' : 'was already'} ${word}d.${ended}`);
  });
}

const accountArgument = () => new Argument('<account>', 'the id or the address of the account');

/** No account id contains an at-sign: keys are numbers, UUIDs or short codes. */
const selectorOf = (account: string): AccountSelector =>
  account.includes('@') ? { kind: 'email', email: account } : { kind: 'id', id: account };

const columns: readonly Column<User>[] = [
  { heading: 'ID', text: ({ id }) => id, align: 'right' },
  { heading: 'ADDRESS', text: ({ email }) => email },
  { heading: 'NAME', text: nameOf },
  { heading: 'PHONE', text: ({ phone }) => phone },
  { heading: 'CREATED', text: ({ createdAt }) => localTime(createdAt) },
  { heading: 'STATE', text: stateOf, style: ({ isEnabled }) => (isEnabled ? 'good' : 'bad') },
];

function nameOf({ firstName, lastName }: User): string | null {
  return [firstName, lastName].filter((part) => part !== null).join(' ') || null;
}

function stateOf({ isEnabled }: User): string {
  return isEnabled ? 'enabled' : 'disabled';
}

const userJson = (user: User) => ({
  id: user.id,
  email: user.email,
  first_name: user.firstName,
  last_name: user.lastName,
  phone: user.phone,
  created_at: utcTime(user.createdAt),
  enabled: user.isEnabled,
});

const shownJson = ({ user, subscription, liveSessions }: ShownUser) => ({
  ...userJson(user),
  subscription: subscription && {
    plan: subscription.plan,
    status: subscription.status,
    starts_at: utcTime(subscription.startsAt),
    ends_at: utcTime(subscription.endsAt),
  },
  sessions: liveSessions,
});

const shownFields = ({ user, subscription, liveSessions }: ShownUser) => [
  { name: 'Id', text: user.id },
  { name: 'Address', text: user.email },
  { name: 'Name', text: nameOf(user) },
  { name: 'Phone', text: user.phone },
  { name: 'Created', text: localTime(user.createdAt) },
  { name: 'State', text: stateOf(user), style: user.isEnabled ? ('good' as const) : ('bad' as const) },
  { name: 'Subscription', text: subscription && `${subscription.plan}, ${subscription.status}` },
  { name: '  from', text: subscription && localTime(subscription.startsAt) },
  { name: '  until', text: subscription && (localTime(subscription.endsAt) ?? 'without end') },
  { name: 'Live sessions', text: String(liveSessions) },
];
