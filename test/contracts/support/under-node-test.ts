import * as runner from 'node:test';
import { JoseTokenIssuer } from '../../../adapters/jose/jose-token-issuer.js';
import { JsonEventEncoder } from '../../../adapters/json/json-event-encoder.js';
import { HmacKeyedDigest } from '../../../adapters/node-crypto/hmac-keyed-digest.js';
import { HmacMessageMac } from '../../../adapters/node-crypto/hmac-message-mac.js';
import { HmacRefreshTokenCodec } from '../../../adapters/node-crypto/hmac-refresh-token-codec.js';
import * as kit from '../../../hosts/exports/testing.js';
import { memoryHarnesses } from './memory-harnesses.js';

/** For `node --test`, where no test function is a global: every contract of the kit, most of them on the adapters in memory. */
for (const contract of [
  kit.userRepositoryContract,
  kit.credentialStoreContract,
  kit.userDirectoryContract,
  kit.demoAccountsContract,
  kit.subscriptionReaderContract,
  kit.sessionStoreContract,
  kit.auditSinkContract,
  kit.auditLogContract,
  kit.existingSchemaContract,
  kit.unitOfWorkContract,
]) {
  contract('memory', kit.openMemoryStore, runner);
}
kit.clockContract('memory', memoryHarnesses.clock, runner);
kit.randomContract('memory', memoryHarnesses.random, runner);
kit.schedulerContract('memory', memoryHarnesses.scheduler, runner);
kit.loggerContract('memory', memoryHarnesses.logger, runner);
kit.metricsContract('memory', memoryHarnesses.metrics, runner);
kit.passwordBlocklistContract('memory', () => memoryHarnesses.passwordBlocklist(kit.commonPasswords), runner);
kit.passwordHasherContract('memory', memoryHarnesses.passwordHasher, runner);
kit.rateLimitStoreContract('memory', memoryHarnesses.rateLimitStore, runner);
kit.revocationFeedContract('memory', memoryHarnesses.revocationFeed, runner);
kit.closedConnectionsContract('memory', memoryHarnesses.closedConnections, runner);
kit.auditTrailContract('memory', memoryHarnesses.auditTrail, runner);
kit.auditSealsContract('memory', memoryHarnesses.auditSeals, runner);
kit.sessionLockContract('memory', memoryHarnesses.sessionLock, runner);
kit.ticketStoreContract('memory', memoryHarnesses.ticketStore, runner);
kit.eventBusContract('memory', memoryHarnesses.eventBus, runner);
kit.eventEncoderContract('JSON', () => new JsonEventEncoder(), runner);
kit.tokenIssuerContract('jose', ({ maxLifetimeSeconds, ...keys }) => new JoseTokenIssuer({ keys, maxLifetimeSeconds }), runner);
kit.keyedDigestContract('node-crypto', (secret) => new HmacKeyedDigest({ secret }), runner);
kit.messageMacContract('node-crypto', (secrets) => new HmacMessageMac(secrets), runner);
kit.refreshTokenCodecContract('node-crypto', (secrets) => new HmacRefreshTokenCodec(secrets), runner);
