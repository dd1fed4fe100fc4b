export interface WelcomeOptions {
  readonly url: string;
  /** Null where no demo account is known to have a known password. */
  readonly login: { readonly email: string; readonly password: string } | null;
  /** Whether the password may be shown: the output is a terminal, and no software collects it. */
  readonly isTerminal: boolean;
}

/** Prints the addresses and the login for a new user. */
export function showWelcome({ url, login, isTerminal }: WelcomeOptions): void {
  const lines = [
    '',
    `  Move Acces is at      ${url}`,
    `  Try it in Swagger UI  ${url}/docs`,
    `  Read it in ReDoc      ${url}/redoc`,
    `  OpenAPI document      ${url}/openapi.json`,
    `  Health and metrics    ${url}/readyz  ${url}/metrics`,
    '',
    ...(login === null ? [] : isTerminal ? loginLines(url, login) : withheldLines(login.email)),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

const loginLines = (url: string, login: NonNullable<WelcomeOptions['login']>): readonly string[] => [
  `  A demo login: ${login.email}  ${login.password}`,
  `  curl -s ${url}/auth/login -H 'Content-Type: application/json' -d '${JSON.stringify(login)}'`,
  '',
];

/** Output that is not a terminal goes to a file or to a container's log. */
const withheldLines = (email: string): readonly string[] => [
  `  A demo login: ${email}, with the password that a start in a terminal shows ("npm start", "docker run -it")`,
  '',
];
