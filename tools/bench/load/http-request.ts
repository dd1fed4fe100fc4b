export interface RequestParts {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly token?: string;
  /** ASCII only: its length is counted in characters. */
  readonly body?: object;
}

/** Returns the bytes of a request. */
export function httpRequest({ method, path, token, body }: RequestParts): string {
  const text = body === undefined ? '' : JSON.stringify(body);
  const authorization = token === undefined ? '' : `Authorization: Bearer ${token}\r\n`;
  const content = body === undefined ? '' : `Content-Type: application/json\r\nContent-Length: ${text.length}\r\n`;
  return `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: bench/1\r\n${authorization}${content}\r\n${text}`;
}
