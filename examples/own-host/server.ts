import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AuthError, type Origin } from 'move-acces/core';
import { loadConfig } from 'move-acces/hosts/config';
import { HttpRefusal, problemEntry } from 'move-acces/hosts/http';
import { compose } from 'move-acces/hosts/wiring';

// the use cases, on the database that the environment names; without one, on a new SQLite file
const { config } = loadConfig();
await using composition = await compose({ config, version: '1.0.0' });
await composition.prepare({ mayMigrate: false });
await using _background = await composition.start();
const { registerUser, logIn, refreshSession, authenticateAccess, viewProfile, throttleClient } = composition.useCases;

/** Reads a request, and returns the body of the response. */
type Route = (request: IncomingMessage, origin: Origin) => Promise<unknown>;

const routes: Readonly<Record<string, Route>> = {
  'POST /join': async (request, origin) => (await registerUser.execute({ ...(await read(request, 'email', 'password')), origin })).tokens,
  'POST /in': async (request, origin) => (await logIn.execute({ ...(await read(request, 'email', 'password')), origin })).tokens,
  'POST /again': async (request, origin) => await refreshSession.execute({ ...(await read(request, 'refreshToken')), origin }),
  'GET /me': async ({ headers }) => {
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? null;
    return (await viewProfile.execute(await authenticateAccess.execute({ token }))).profile;
  },
};

const server = createServer(async (request, response) => {
  const ip = request.socket.remoteAddress ?? '127.0.0.1';
  const origin: Origin = { ip, userAgent: request.headers['user-agent']?.slice(0, 255) ?? null, requestId: null };
  try {
    await throttleClient.execute({ policy: 'api', ip, origin });
    const route = routes[`${request.method} ${request.url}`];
    if (route === undefined) throw new AuthError('not_found');
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(await route(request, origin)));
  } catch (error) {
    const code = error instanceof AuthError || error instanceof HttpRefusal ? error.code : 'internal_error';
    if (code === 'internal_error') composition.ports.logger.error('a request failed', { error });
    response.writeHead(problemEntry(code).status).end(JSON.stringify({ code }));
  }
});

/** Reads members of a JSON body, which must be texts. */
async function read<Name extends string>(request: IncomingMessage, ...names: readonly Name[]): Promise<Record<Name, string>> {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > 10_000) throw new AuthError('payload_too_large');
  }
  const body: unknown = await new Response(text).json().catch(() => null);
  const fields = names.map((name) => [name, Object(body)[name]] as const);
  if (fields.some(([, value]) => typeof value !== 'string')) throw new HttpRefusal('malformed_body');
  return Object.fromEntries(fields) as Record<Name, string>; // the line before checks it
}

server.listen(config.http.port, config.http.host, () => {
  console.log(JSON.stringify({ msg: 'listening', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
});
await new Promise((resolve) => process.once('SIGTERM', resolve));
await new Promise((resolve) => server.close(resolve));
