import { expect } from 'chai';
import type { Logger } from '../../../../core/ports/operations/logger.js';
import { globalRunner, type TestRunner } from '../../runner/test-runner.js';

export interface LoggerHarness {
  readonly logger: Logger;
  /** Each entry as a text, in order. */
  entries(): readonly string[];
}

/** The contract of every `Logger`. */
export function loggerContract(name: string, open: () => LoggerHarness, runner: TestRunner = globalRunner()): void {
  const { describe, it } = runner;
  describe(`${name} as a logger`, () => {
    const secret = 'Tr0ub4dor&3';
    const logged = (fields: Record<string, unknown>, message = 'something happened') => {
      const { logger, entries } = open();
      logger.info(message, fields);
      expect(entries()).to.have.length(1);
      return entries().join('');
    };

    it('keeps message and fields', () => {
      const entry = logged({ route: '/users/me', status: 200, nested: { list: ['a', 1, true, null] } });
      for (const text of ['something happened', '/users/me', '200', '"a"', 'true', 'null']) expect(entry).to.include(text);
    });

    it('writes one entry per call, whatever the level and however many lines the text has', () => {
      const { logger, entries } = open();
      logger.debug('one\ntwo');
      logger.info('plain');
      logger.warn('odd', { text: 'a\r\nb\u2028c' });
      logger.error('bad', { error: new Error('first\nsecond') });
      expect(entries()).to.have.length(4);
      for (const entry of entries()) expect(entry.trimEnd()).not.to.include('\n');
    });

    it('redacts fields that are named like a secret, at any depth and in any case', () => {
      for (const field of [
        'password',
        'Password',
        'current_password',
        'newPassword',
        'token',
        'access_token',
        'refreshToken',
        'APP_SECRET',
        'passwordHash',
        'hash',
        'authorization',
        'Authorization',
        'cookie',
        'Set-Cookie',
        'ticket',
        'known_device',
        'knownDevice',
      ]) {
        expect(logged({ [field]: secret }), field).not.to.include(secret);
        expect(logged({ request: { body: [{ [field]: secret }] } }), field).not.to.include(secret);
        expect(logged({ [field]: { value: secret, list: [secret] } }), field).not.to.include(secret);
      }
    });

    it('shows the class of an error, its code and its causes', () => {
      const cause = Object.assign(new TypeError('underneath'), { code: 'ECONNREFUSED' });
      const entry = logged({ error: new Error('on top', { cause }) });
      for (const text of ['TypeError', 'ECONNREFUSED']) expect(entry).to.include(text);
    });

    it('leaves out the fields that a driver adds to its errors', () => {
      const marks = {
        sql: `insert into acces_app values ('${secret}')`,
        sqlMessage: `Duplicate entry '${secret}'`,
        parameters: [secret],
        values: [secret],
      };
      const error = Object.assign(new Error(`insert into acces_app values ('${secret}') - Duplicate entry '${secret}'`), {
        code: 'ER_DUP_ENTRY',
        ...marks,
      });
      for (const entry of [logged({ error }), logged({ error: new Error('it failed', { cause: error }) }), logged({ errors: [error] })]) {
        expect(entry).not.to.include(secret);
        expect(entry).to.include('ER_DUP_ENTRY');
      }
    });

    it('never throws, whatever the fields', () => {
      const circle: Record<string, unknown> = {
        big: 2n ** 70n,
        sign: Symbol('s'),
        act: () => 1,
        absent: undefined,
        date: new Date(Number.NaN),
      };
      circle.self = circle;
      circle.error = Object.assign(new Error('round'), { cause: circle });
      const { logger, entries } = open();
      logger.error('odd', circle);
      logger.error('lone \ud800 surrogate', { map: new Map([[secret, secret]]), bytes: new Uint8Array(3), proto: Object.create(null) });
      expect(entries()).to.have.length(2);
    });

    it('leaves the fields as they were', () => {
      const fields = { password: secret, nested: { token: secret } };
      logged(fields);
      expect(fields).to.deep.equal({ password: secret, nested: { token: secret } });
    });
  });
}
