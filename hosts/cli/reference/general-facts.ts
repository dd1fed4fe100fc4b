/** Facts that apply to every command. */
export const exitFacts = [
  { code: 0, text: 'The command was carried out.' },
  { code: 1, text: 'The command was valid but not carried out: it failed, or the operator did not confirm it.' },
  { code: 2, text: 'The command line is invalid.' },
] as const;

export const environmentFacts = [
  {
    name: 'DB_URL, REDIS_URL, APP_SECRET, …',
    text: 'The configuration, also read from .env in the working folder; "config show" lists it.',
  },
  {
    name: 'DB_URL_FILE, REDIS_URL_FILE, APP_SECRET_FILE, …',
    text: 'The path of a file with the secret, instead of the variable without _FILE.',
  },
  {
    name: 'MOVE_ACCES_OPERATOR',
    text: 'The name of the operator in the audit log, if a script acts for a person; else SUDO_USER, else the account of the system.',
  },
  { name: 'NO_COLOR', text: 'Any value disables colours, which are used only on a terminal.' },
  { name: 'TZ', text: 'The time zone of displayed times; JSON is in UTC.' },
] as const;
