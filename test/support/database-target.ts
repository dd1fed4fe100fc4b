/** Converts the URL of a test database into a target for `openDatabase`. */
export function targetOf(url: string) {
  const { hostname, port, username, password, pathname } = new URL(url);
  const database = pathname.slice(1);
  return { kind: 'mysql', host: hostname, port: Number(port), user: username, password: decodeURIComponent(password), database } as const;
}
