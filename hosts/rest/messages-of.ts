import { IncomingMessage, type RequestListener, type ServerOptions, ServerResponse } from 'node:http';

/**
 * Returns server options that create requests and responses with Express's prototypes. Otherwise Express changes the prototype of each one,
 * which makes every access to it slower: a tenth of its time. Returns no options for another listener.
 */
export function messagesOf(app: RequestListener): ServerOptions {
  if (!('request' in app && 'response' in app)) return {};
  return { IncomingMessage: madeAs(IncomingMessage, app.request), ServerResponse: madeAs(ServerResponse, app.response) };
}

/** Returns the same class, with another prototype for its objects. */
function madeAs<Class extends typeof IncomingMessage | typeof ServerResponse>(base: Class, prototype: unknown): Class {
  function made(...args: unknown[]): unknown {
    return Reflect.construct(base, args, made);
  }
  made.prototype = prototype;
  // a cast: its objects have all members of the base's objects, because Express's prototypes inherit from them
  return made as unknown as Class;
}
