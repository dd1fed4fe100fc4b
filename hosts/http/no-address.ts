/** The client address where the socket has none any more: the client has closed the connection. */
export const noAddress = '0.0.0.0';
