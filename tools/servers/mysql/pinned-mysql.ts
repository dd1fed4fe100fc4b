import pin from './pinned-mysql.json' with { type: 'json' };

/** One version of a Debian package, the same on every machine. */
export interface PinnedPackage {
  readonly package: string;
  readonly version: string;
  /** A time at which snapshot.debian.org has this version in sid, in the form of that archive's URLs. */
  readonly snapshot: string;
  /** SHA-256 of the .deb, by Debian's name of the architecture. */
  readonly sha256: Readonly<Record<string, string>>;
}

/** The MySQL server for the tests. `npm run servers:pin` moves it. */
export const pinnedMysql: PinnedPackage = pin;
