import { untilStopSignal } from '../../../hosts/bin/process-lifetime.js';
import { loadConfig } from '../../../hosts/config/load-config.js';
import { createRestApp } from '../../../hosts/rest/create-rest-app.js';
import { startRestServer } from '../../../hosts/rest/rest-server.js';
import { compose } from '../../../hosts/wiring/compose.js';
import { createWsHost } from '../../../hosts/ws/create-ws-host.js';

/** As `serve all`, but with limits on sockets and their messages that do their work and refuse nothing. */
const limits = { messagesPerSecond: 1e9, messageBurst: 1e9, trafficPerSecond: 1e12, trafficBurst: 1e12, socketsPerUser: 1e6 };

const stopSignal = untilStopSignal();
const { config } = loadConfig();
const { http } = config;
await using composition = await compose({ config, version: 'bench' });
await composition.prepare({ mayMigrate: true });
await using _work = await composition.start();
const services = { ...composition.useCases, ...composition.ports };
const server = await startRestServer(createRestApp(services, { ...http, areDocsOn: false, metricsToken: null }), http);
const host = await createWsHost(services, { ...http, maxSockets: 1e6, limits });
host.attach(server.httpServer);
await stopSignal;
await Promise.all([server.close(1000), host.close(1000)]);
