import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { Redis } from 'ioredis';
import { createPool, type Pool, type PoolConnection, type RowDataPacket } from 'mysql2/promise';

/**
 * The least code that sends the same queries to Redis and the database as the server: no framework, no checks, no log, no tokens but one
 * HMAC. The access token is a user's id, the refresh token a session's id.
 */
const { PORT, DB_URL = '', REDIS_URL = '' } = process.env;
const pool: Pool = createPool({ uri: DB_URL, connectionLimit: 10, dateStrings: true });
const redis = new Redis(REDIS_URL);
const key = createSecretKey(randomBytes(32));
const sha = String(
  await redis.script(
    'LOAD',
    "local n = redis.call('INCR', KEYS[1]) if n == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end return { n, redis.call('PTTL', KEYS[1]) }",
  ),
);

const userSql = `select u.id, u.email, u.prenom, u.nom, u.telephone, u.statut, u.date_creation, c.actif
  from users as u left join acces_app as c on c.user_id = u.id where u.id = ?`;
const auditSql = `insert into audit_logs (occurred_at, event, outcome, user_id, session_id, actor, ip, user_agent, request_id, details)
  values (utc_timestamp(3), ?, 'success', ?, ?, 'user', '127.0.0.1', 'bench/1', ?, '{}')`;

async function view(userId: string): Promise<unknown> {
  const [rows] = await pool.execute<RowDataPacket[]>(userSql, [userId]);
  return rows[0];
}

async function patch(userId: string, { phone }: { readonly phone?: string }): Promise<unknown> {
  return inTransaction(async (connection) => {
    const [rows] = await connection.execute<RowDataPacket[]>(`${userSql} for update`, [userId]);
    await connection.execute('update users set telephone = ? where id = ?', [phone ?? null, userId]);
    await connection.execute(auditSql, ['profile_update', userId, null, randomBytes(16).toString('hex')]);
    return { ...rows[0], telephone: phone };
  });
}

async function refresh({ refresh_token: id = '' }: { readonly refresh_token?: string }): Promise<unknown> {
  return inTransaction(async (connection) => {
    const [sessions] = await connection.execute<RowDataPacket[]>('select * from auth_sessions where id = ?', [id]);
    const session = sessions[0];
    await connection.execute(
      'update auth_sessions set refresh_counter = ?, last_seen_at = ?, rotated_at = ?, idle_expires_at = ? where id = ? and refresh_counter = ? and revoked_at is null',
      [session?.refresh_counter + 1, Date.now(), Date.now(), Date.now() + 86_400_000, id, session?.refresh_counter],
    );
    await connection.execute(userSql, [session?.user_id]);
    await connection.execute(auditSql, ['refresh', session?.user_id, id, randomBytes(16).toString('hex')]);
    return { access_token: createHmac('sha256', key).update(id).digest('base64url'), refresh_token: id };
  });
}

async function inTransaction<Result>(work: (connection: PoolConnection) => Promise<Result>): Promise<Result> {
  const connection = await pool.getConnection();
  try {
    await connection.query('begin');
    const result = await work(connection);
    await connection.query('commit');
    return result;
  } finally {
    connection.release();
  }
}

async function answer(request: IncomingMessage): Promise<unknown> {
  if (request.url === '/') return {};
  await redis.evalsha(sha, 1, 'floor', 60_000);
  const userId = request.headers.authorization?.slice('Bearer '.length) ?? '';
  if (request.method === 'GET') return view(userId);
  const body = (await json(request)) as Record<string, string>;
  return request.method === 'PATCH' ? patch(userId, body) : refresh(body);
}

createServer((request, response) => {
  answer(request).then(
    (value) => {
      const text = JSON.stringify(value);
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }).end(text);
    },
    (error: unknown) => {
      const text = String(error);
      response.writeHead(500, { 'Content-Length': Buffer.byteLength(text) }).end(text);
    },
  );
}).listen(Number(PORT), '127.0.0.1');
