import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { PinoLogger, type PinoLoggerOptions } from '../../../adapters/pino/pino-logger.js';

describe('pino', () => {
  const open = (options: Partial<PinoLoggerOptions> = {}) => {
    const lines: string[] = [];
    const logger = new PinoLogger({ level: 'debug', destination: { write: (line) => lines.push(line) }, ...options });
    return { logger, entries: () => lines };
  };
  const logged = (fields: Record<string, unknown>, message = 'something happened') => {
    const { logger, entries } = open();
    logger.info(message, fields);
    return JSON.parse(entries()[0] ?? '{}');
  };

  it('writes one JSON object per line: level, time, fields, message', () => {
    const { logger, entries } = open({ base: { host: 'rest' } });
    logger.warn('two\nlines', { route: '/users/me' });
    expect(entries()[0]).to.match(/^\{.*\}\n$/);
    const { time, ...rest } = JSON.parse(entries()[0] ?? '');
    expect(rest).to.deep.equal({ level: 'warn', host: 'rest', route: '/users/me', msg: 'two\nlines' });
    expect(time).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('leaves out what is below its level', () => {
    const { logger, entries } = open({ level: 'warn' });
    logger.debug('no');
    logger.info('no');
    logger.warn('yes');
    logger.error('yes');
    expect(entries()).to.have.length(2);
    const silent = open({ level: 'silent' });
    silent.logger.error('no');
    expect(silent.entries()).to.deep.equal([]);
  });

  it('keeps name, message, code, stack and cause of an error, and nothing else', () => {
    const cause = Object.assign(new TypeError('underneath'), { code: 'ECONNREFUSED', address: '10.0.0.1' });
    const { error } = logged({ error: new Error('on top', { cause }) });
    expect(error).to.have.all.keys('name', 'message', 'stack', 'cause').and.include({ name: 'Error', message: 'on top' });
    expect(error.stack).to.match(/^at .*pino-logger\.spec/);
    expect(error.cause)
      .to.have.all.keys('name', 'message', 'code', 'stack')
      .and.include({ name: 'TypeError', message: 'underneath', code: 'ECONNREFUSED' });
  });

  it('keeps each of several errors', () => {
    const { error } = logged({ error: new AggregateError([new Error('one'), new Error('two')], 'all failed') });
    expect(error.errors.map((each: Error) => each.message)).to.deep.equal(['one', 'two']);
  });

  it('finds secrets by their looks in any text', () => {
    const texts: readonly (readonly [text: string, printed: string])[] = [
      ['GET /ws?token=abc.def&x=1', 'GET /ws?token=[redacted]&x=1'],
      ['/ws?x=1&ticket=abc', '/ws?x=1&ticket=[redacted]'],
      ['Authorization: Bearer abcdefgh.ijkl', 'Authorization: Bearer [redacted]'],
      ['connect to mysql://root:s3cret@db:3306/app failed', 'connect to mysql://[redacted]@db:3306/app failed'],
      ['token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJl seen', 'token [redacted] seen'],
      [`got mar1_${'A'.repeat(56)}`, 'got [redacted]'],
      ['/users/me', '/users/me'],
    ];
    for (const [text, printed] of texts) {
      expect(logged({ url: text }).url).to.equal(printed);
      expect(logged({}, text).msg).to.equal(printed);
      expect(logged({ error: new Error(text) }).error.message).to.equal(printed);
    }
  });

  it('tells that there is a secret, and which tokens there are, without showing one', () => {
    const fields = { hasPassword: true, password: false, token: null, tokenId: 'token-1', token_type: 'bearer', hash: 17 };
    expect(logged(fields)).to.include({ ...fields, hash: '[redacted]' });
  });

  it('cuts what has no end', () => {
    const entry = JSON.stringify(
      logged({ long: 'x'.repeat(100_000), list: new Array(10_000).fill(1), deep: JSON.parse(`${'['.repeat(500)}1${']'.repeat(500)}`) }),
    );
    expect(entry.length).to.be.lessThan(10_000);
    const circle: Record<string, unknown> = { name: 'round' };
    circle.self = circle;
    expect(logged({ circle }).circle).to.deep.equal({ name: 'round', self: '[circular]' });
    let wide: unknown = 1;
    for (let level = 0; level < 8; level += 1) wide = new Array(50).fill(wide);
    expect(JSON.stringify(logged({ wide })).length).to.be.lessThan(100_000);
  });

  describe('in a process', () => {
    const module = new URL('../../../adapters/pino/pino-logger.js', import.meta.url).href;
    const script = (code: string) => [
      '--input-type=module',
      '--eval',
      `const { PinoLogger } = await import('${module}'); const logger = new PinoLogger({ level: 'info' }); ${code}`,
    ];

    it('writes to standard output, to the last line before an exit', async () => {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        script(`for (let i = 0; i < 1000; i += 1) logger.info('line'); process.exit(0);`),
      );
      expect(stdout.trimEnd().split('\n')).to.have.length(1000);
    });

    it('lets the process work on when nobody reads its output any more', async () => {
      const child = spawn(
        process.execPath,
        script(`
        let i = 0;
        const timer = setInterval(() => {
          logger.info('x'.repeat(1000));
          i += 1;
          if (i > 50) { clearInterval(timer); process.exitCode = 7; }
        }, 5);`),
        { stdio: ['ignore', 'pipe', 'pipe'] },
      );
      await once(child.stdout, 'data');
      child.stdout.destroy();
      let errors = '';
      child.stderr.on('data', (chunk) => {
        errors += chunk;
      });
      const [code] = await once(child, 'exit');
      expect({ code, errors }).to.deep.equal({ code: 7, errors: '' });
    });
  });
});
