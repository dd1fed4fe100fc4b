/** Facts that apply to every command. */
export const exitFacts = [
  { code: 0, text: 'It is done.' },
  { code: 1, text: 'It was understood and could not be done, or somebody said no.' },
  { code: 2, text: 'The command line is wrong.' },
] as const;

export const environmentFacts = [
  {
    name: 'DB_URL, REDIS_URL, APP_SECRET, …',
    text: 'The configuration, also read from .env in the working folder; "config show" lists it.',
  },
  {
    name: 'DB_URL_FILE, REDIS_URL_FILE, APP_SECRET_FILE, …',
    text: 'The path of a file that holds the secret, in place of the variable without _FILE.',
  },
  {
    name: 'MOVE_ACCES_OPERATOR',
    text: 'Who acts, for the audit log, where a script acts for somebody; else SUDO_USER, else the account of the system.',
  },
  { name: 'NO_COLOR', text: 'Anything in it switches colours off, which are for terminals alone anyway.' },
  { name: 'TZ', text: 'The zone of the times that people are shown; JSON is in UTC.' },
] as const;
