export interface WelcomeOptions {
  readonly url: string;
  /** Null where no demo account is known to be open. */
  readonly login: { readonly email: string; readonly password: string } | null;
}

/** Tells a newcomer where everything is. */
export function showWelcome({ url, login }: WelcomeOptions): void {
  const lines = [
    '',
    `  Move Acces is at      ${url}`,
    `  Try it in Swagger UI  ${url}/docs`,
    `  Read it in ReDoc      ${url}/redoc`,
    `  OpenAPI document      ${url}/openapi.json`,
    `  Health and metrics    ${url}/readyz  ${url}/metrics`,
    '',
    ...(login === null ? [] : loginLines(url, login)),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

const loginLines = (url: string, login: NonNullable<WelcomeOptions['login']>): readonly string[] => [
  `  A demo login: ${login.email}  ${login.password}`,
  `  curl -s ${url}/auth/login -H 'Content-Type: application/json' -d '${JSON.stringify(login)}'`,
  '',
];
