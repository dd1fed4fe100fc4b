import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

/** The least code that responds to pings as the server does: only `ws`, with JSON parsed and serialized. Admits every client. */
const server = createServer((_request, response) => response.end('{}'));
const sockets = new WebSocketServer({ server, perMessageDeflate: false, maxPayload: 64 * 1024 });
sockets.on('connection', (socket) => {
  socket.on('error', () => {}); // 'close' follows
  socket.on('message', (data: Buffer) => {
    const { type } = JSON.parse(data.toString('utf8')) as { type: string };
    if (type === 'ping') socket.send(JSON.stringify({ type: 'pong' }));
  });
  socket.send(JSON.stringify({ type: 'welcome' }));
});
server.listen(Number(process.env.PORT), '127.0.0.1');
