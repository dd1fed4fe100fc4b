import { expect } from 'chai';
import { databaseUrl, showDatabase } from '../../../hosts/config/database-url.js';
import type { MysqlDatabase } from '../../../hosts/config/mysql-url.js';

function mysql(url: string): MysqlDatabase {
  const database = databaseUrl.parse(url);
  if (database.kind !== 'mysql') throw new Error('expected MySQL');
  return database;
}

const sqliteFile = (url: string): string => {
  const database = databaseUrl.parse(url);
  return database.kind === 'sqlite' ? database.file : 'not SQLite';
};
const refusal = (url: string): string | undefined => databaseUrl.safeParse(url).error?.issues[0]?.message;

describe('DB_URL', () => {
  it('reads MySQL under every name that Python gives it, without the parameters of the Python driver', () => {
    const schemes = [
      'mysql',
      'mariadb',
      'MySQL',
      'mysql+asyncmy',
      'mysql+aiomysql',
      'mysql+pymysql',
      'mysql+mysqldb',
      'mysql+mysqlconnector',
    ];
    for (const scheme of [...schemes, 'mariadb+asyncmy', 'mariadb+mariadbconnector']) {
      const { password, ...rest } = mysql(`${scheme}://u:p%40ss@h:3307/db?charset=utf8mb4&autocommit=true`);
      expect(password.reveal()).to.equal('p@ss');
      expect(rest).to.deep.equal({ kind: 'mysql', host: 'h', port: 3307, user: 'u', database: 'db', socketPath: null, tls: null });
    }
  });

  it('reads a password as SQLAlchemy does, unescaped punctuation included', () => {
    const passwords = ['a/b', 'a#b', 'a?b', 'a:b', 'a+b', 'a%2Fb', '%zz', '%ffx', '%C3%A9', '', '$&`\\\'"'];
    expect(passwords.map((text) => mysql(`mysql+asyncmy://u:${text}@h/db`).password.reveal())).to.deep.equal([
      'a/b',
      'a#b',
      'a?b',
      'a:b',
      'a+b',
      'a/b',
      '%zz',
      '\ufffdx',
      'é',
      '',
      '$&`\\\'"',
    ]);
  });

  it('refuses an address where the certificate is verified by name: the driver would compare it with `localhost`', () => {
    for (const host of ['192.0.2.1', '[2001:db8::1]']) {
      expect(() => mysql(`mysql://u@${host}/db?ssl_mode=verify_identity`), host).to.throw('wants a host name');
      expect(() => mysql(`mysql://u@${host}/db?ssl=true`), host).to.throw('wants a host name');
      expect(mysql(`mysql://u@${host}/db?ssl_mode=verify_ca`).tls?.verify).to.equal('chain');
    }
    for (const local of ['127.0.0.1', '[::1]']) expect(mysql(`mysql://u@${local}/db?ssl=true`).tls?.verify).to.equal('identity');
  });

  it('fills in host and port, and knows IPv6 and sockets', () => {
    expect(mysql('mysql://u@h/db')).to.deep.include({ host: 'h', port: 3306 });
    expect(mysql('mysql://u@[::1]:33/db')).to.deep.include({ host: '::1', port: 33 });
    expect(mysql('mysql+asyncmy://u:p@/db?unix_socket=/run/mysqld.sock')).to.deep.include({
      host: 'localhost',
      socketPath: '/run/mysqld.sock',
    });
  });

  it('keeps every wish for encryption', () => {
    const tls = (query: string) => mysql(`mysql://u:p@h/db?${query}`).tls;
    const none = { caFile: null, certFile: null, keyFile: null };
    expect(tls('ssl_ca=/ca.pem&ssl_cert=/c.pem&ssl_key=/k.pem')).to.deep.equal({
      verify: 'identity',
      caFile: '/ca.pem',
      certFile: '/c.pem',
      keyFile: '/k.pem',
    });
    expect(tls('ssl=true')).to.deep.equal({ verify: 'identity', ...none });
    expect(tls('ssl-mode=REQUIRED')).to.deep.equal({ verify: 'none', ...none });
    expect(tls('ssl_mode=required&ssl_ca=/ca.pem')).to.deep.include({ verify: 'chain', caFile: '/ca.pem' });
    expect(tls('ssl-mode=VERIFY_CA')).to.deep.include({ verify: 'chain' });
    expect(tls('sslmode=verify-full')).to.deep.include({ verify: 'identity' });
    expect(tls('ssl_ca=/ca.pem&ssl_check_hostname=false')).to.deep.include({ verify: 'chain' });
    expect(tls('ssl_ca=/ca.pem&ssl_verify_cert=0')).to.deep.include({ verify: 'none' });
    for (const off of ['ssl=false', 'ssl_disabled=true', 'ssl_disabled=false', 'ssl-mode=DISABLED', 'ssl_cipher=AES'])
      expect(tls(off)).to.equal(null);
    for (const odd of ['ssl=perhaps', 'ssl_mode=sometimes', 'ssl_capath=/etc/ssl'])
      expect(refusal(`mysql://u:p@h/db?${odd}`)).to.match(/^wants/);
  });

  it('reads a file in our form, relative or absolute', () => {
    expect(['sqlite:./data/x.db', 'sqlite:x.db', 'sqlite:/var/x.db', 'SQLITE:x y.db'].map(sqliteFile)).to.deep.equal([
      './data/x.db',
      'x.db',
      '/var/x.db',
      'x y.db',
    ]);
  });

  it('reads a file in SQLAlchemy’s form: three slashes are relative, four absolute', () => {
    const urls = [
      'sqlite+aiosqlite:///./x.db',
      'sqlite:///data/x.db',
      'sqlite:////var/x.db',
      'sqlite+pysqlite:////x.db?check_same_thread=False',
    ];
    expect(urls.map(sqliteFile)).to.deep.equal(['./x.db', 'data/x.db', '/var/x.db', '/x.db']);
  });

  it('refuses a database in memory, with the reason', () => {
    for (const url of ['sqlite::memory:', 'sqlite://', 'sqlite+aiosqlite:///:memory:', 'sqlite:', 'sqlite:///?x=1']) {
      expect(refusal(url), url).to.match(/^wants a file .*in memory$/);
    }
  });

  it('rejects a text that it cannot parse', () => {
    const urls = [
      'postgresql://u:p@h/db',
      'h/db',
      'mysql',
      'mysql:u@h/db',
      'mysql://u:p@h',
      'mysql://u:p@h/',
      'mysql://u:p@h/a/b',
      'mysql://h/db',
      'mysql://u:p@s@h/db',
      'mysql://u:p@h:0/db',
      'mysql://u:p@h:65536/db',
      'mysql://u:p@[::zz]/db',
      'mysql+psycopg://u:p@h/db',
      'sqlite://host/x.db',
      'sqlite:data/',
      'sqlite+pysqlcipher:///x.db',
      'sqlite:file:x.db',
    ];
    for (const url of urls) expect(refusal(url), url).to.match(/^wants /);
  });

  it('shows itself without the password', () => {
    expect(showDatabase(databaseUrl.parse('mysql+asyncmy://u:hunter2@[::1]/db?ssl=1&charset=x'))).to.equal(
      'mysql://u:[secret]@[::1]:3306/db?tls=identity',
    );
    expect(showDatabase(databaseUrl.parse('mysql://u@h/db'))).to.equal('mysql://u@h:3306/db');
    expect(showDatabase(databaseUrl.parse('sqlite:///x.db'))).to.equal('sqlite:x.db');
  });
});
