/**
 * A client of `GET /ws` for browsers and for Node. It reconnects, renews its token in the open socket, and resumes from its last
 * position. Pass the options below; the rest is the protocol of docs/websocket.md.
 *
 * @typedef {object} LiveOptions
 * @property {string} url `wss://…/ws`
 * @property {(why: 'connect' | 'renew' | 'refused') => Promise<string>} getToken An access token; for `renew` and `refused` a new one.
 * @property {(event: { name: string, data: unknown, at: string, offset: number }) => void} onEvent Each event once, in order.
 * @property {() => void} onGap Events were lost: fetch the data that you show by REST.
 * @property {(reason: { code: string, action: string }) => void} onEnd No reconnect: `login` means that the user must log in again.
 *
 * @param {LiveOptions} options
 * @returns {{ send(name: string, data: unknown): void, close(): void }}
 */
export function connectLive({ url, getToken, onEvent, onGap, onEnd }) {
  let socket = null;
  let place = null; // { epoch, offset } of the last event that was accepted
  let early = []; // events that arrived before the missed ones
  let isResuming = false;
  let isOver = false;
  let failures = 0;
  let watch = null;

  const say = (message) => socket?.readyState === WebSocket.OPEN && socket.send(JSON.stringify(message));

  const take = (event) => {
    if (event.offset <= place.offset) return; // delivery is at least once
    if (isResuming && event.offset > place.offset + 1) return void early.push(event);
    place = { ...place, offset: event.offset };
    onEvent(event);
  };

  const handlers = {
    welcome({ epoch, offset, ping_interval }) {
      failures = 0;
      let isQuiet = false;
      watch = setInterval(() => {
        if (isQuiet) socket.close(); // no message since the last ping
        isQuiet = true;
        say({ type: 'ping' });
      }, ping_interval * 1000);
      socket.addEventListener('message', () => (isQuiet = false));
      isResuming = place !== null;
      if (isResuming) say({ type: 'resume', ...place });
      else place = { epoch, offset };
    },
    event: take,
    resumed({ recovered, epoch, offset }, welcome) {
      isResuming = false;
      if (!recovered) {
        place = { epoch: epoch ?? welcome.epoch, offset };
        onGap();
      }
      for (const event of early.splice(0).sort((a, b) => a.offset - b.offset)) take(event);
    },
    token_expiring: () => void getToken('renew').then((token) => say({ type: 'auth', token }), console.warn),
  };

  async function open(why) {
    const token = await getToken(why).catch(() => null);
    if (isOver || token === null) return again({ code: 1006 });
    let welcome = null;
    early = [];
    socket = new WebSocket(url);
    socket.addEventListener('open', () => say({ type: 'auth', token }));
    socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(data);
      if (message.type === 'welcome') welcome = message;
      handlers[message.type]?.(message, welcome);
    });
    socket.addEventListener('close', again);
  }

  function again({ code, reason }) {
    clearInterval(watch);
    if (isOver) return;
    const { action, retry_ms, ...why } = reason ? JSON.parse(reason) : { code: 'cut', action: 'retry' };
    if (code >= 4500 && action !== 'refresh') {
      isOver = true;
      return onEnd({ ...why, action });
    }
    failures += 1;
    const wait = retry_ms ?? Math.random() * Math.min(30_000, 200 * 2 ** failures);
    setTimeout(() => !isOver && open(action === 'refresh' ? 'refused' : 'connect'), wait);
  }

  void open('connect');
  return {
    send: (name, data) => say({ type: 'send', name, data }),
    close() {
      isOver = true;
      clearInterval(watch);
      socket?.close(1000);
    },
  };
}
