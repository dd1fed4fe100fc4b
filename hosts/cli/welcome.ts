export interface WelcomeOptions {
  readonly url: string;
  readonly login: { readonly email: string; readonly password: string };
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
    `  A demo login: ${login.email}  ${login.password}`,
    `  curl -s ${url}/auth/login -H 'Content-Type: application/json' -d '${JSON.stringify(login)}'`,
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
