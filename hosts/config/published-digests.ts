/**
 * Signing keys from public documents and code, by source: SHA-256 of the bytes that each encodes, truncated to 128 bits. The file contains
 * digests instead of values, so that no key can be copied from here, and secret scanners find none in the package.
 * `test/hosts/config/support/published-values.ts` has the values, from which `publishedDigest` computes these lines.
 */
export const publishedDigests: ReadonlySet<string> = new Set([
  // FastAPI, tutorial on OAuth2 with JWT
  'TQ-N7EUV0HphHFAvIq25XI',
  // Flask, quickstart and tutorial
  'paqXb-CTLfpOKO-tebK98K',
  // RFC 7515 appendix A.1
  'yOzJNhoF4oXwTCb5VyExpt',
  // RFC 7517 appendix A.3, RFC 7520, the documents of jose libraries
  'c-x0RYBZxwyuPwrehmP-Da',
  // RFC 5869 appendix A, output and pseudorandom keys
  '1qDgpqqtsQpb0yf1Cdv9V3',
  'tCG_STGZhmA33-VLfcZ0Zz',
  'LTgJom4ZTY-UhqQ5dJB-wO',
  'fhTsrqRWTqnaCybuVTHhwk',
  // Hasura, documentation of the JWT mode
  'CNQFy0hsdvz7MET6VGwCx4',
  // Supabase, self-hosting with Docker
  '_Mhd-A0Di6cO9NDvjLedCu',
  'mfCQceoUVgbN1d3bz3hzir',
  '257OajofhU5YWGR5ii3_z3',
  '1INgJJhggztJXNc7nWNm_J',
  // Nacos, default and documented token keys
  '7qKm6zOqf46Zgzc9AohmTL',
  'PP7na4XbJHsyFVIbouRrfL',
  // Spring Boot tutorials on JWT
  'E2yxxaebydlD79o4L94b-i',
  'arXcWO7G6y5UhXhwOenjxw',
  'NJtrBmJtnGSVBqsghfiHV7',
  'wbg3L0OQ0FbSAxMSxhz8Fk',
  'j6v_7pUOfRWlbvHeAI4Zjc',
  '2h60Fs4Q4BA5Fn-J_YpjFC',
  'kArMaV410yU2vVcZ0Fl_D4',
  'PbG8180DKWJejDS_71QV80',
  'aB7HNqnRCcVT7n2F8j6avq',
  'YMY90Ubj84kRscfSzRWAWp',
  'vCwjDgqA10X889pW9c1KgP',
  'c1ktl0Xl7LNjF4i3zB1jz4',
  'HtlWuTLj3SeAzA5fY5ANbA',
  'Y1cluorHRZar_29LhW1Oo_',
  'ACAiTpjSHx5vP3aBOsO2ZN',
  'Kcd6PeUTs6H2y7wt8O9R-S',
  'tBTH4SV-GMfVyFbrZKNlop',
  // JHipster, generated configuration
  'xZtNFtBzMB4Y1JnnsrdOf4',
  // public FastAPI projects, the line after openssl rand -hex 32
  'DxpfZM2_FZzWoF7cS1qZbu',
  'EygQUaW7zHOoHLVfdrVbGa',
  'mZUPfJBeKzC6MXFlXdrzeC',
  'Y9dIZq68do4_IiNZRD9_8R',
  '1GCncWaDIBp0ZzffwCuhjj',
  'Y3-XRoWoAyCoFOnnjsRU1w',
  'zQ4vaLpCLM9BKhmQghfgGS',
  'mEeX_0_dtvrKbwBecz2oCt',
  'ufylnh_tXruHPzGtzIfk3v',
  'AxOlqNbqLXfxJRT1Wq3V_5',
  // public Flask and Node projects
  'D4nym0aHgC2_sYUFwIPTfa',
  'Dyupqraa5_fdUIOZtd-WCI',
  // Phoenix example applications, secret_key_base
  'Htuiul2pcwCvQBza-9DTL3',
  'lCQy7QffxRQX_VNjtPj928',
  '7uYM2ayYplXAPMTdR3C9d2',
  'xDyGFNV3nQoMG1yS7Blh57',
  'sM-soEilLuZdoR2PrvhsPc',
  // Rails tutorials and example applications, secret_key_base and Devise
  'wRwOJYhjrlkZZmdRNzZpQB',
  'FWigeYezHDYtx-mkX09Z4h',
  '1VclWq0x1sfXg4JBD5PAdi',
  'ZgIDZvf77fdqnBnnqScctS',
  'Oqd1MWIDmMspX-YCrLhmmT',
  '7b0cEbn8BCw4H-jeDbra5q',
  'CEXG8wAKAHC-RBpbuwOtp0',
  'QcLN5Ng6_QEd_alXqiA_Ie',
  'CmH0dx7dvntesbofqjprV9',
  '3UlWZL4ZB1-ks2QQG33BLT',
  'yudfcYh1OLYOLqNqvGAnY8',
  // Laravel examples, APP_KEY without its prefix
  'R53wtqdRMj7GcGP476NMYo',
  'iZcy9b2OxstMAjkXLBTlji',
  '8tlrOhv2YcEcum1tQNH_Bt',
  // Ethereum and Bitcoin: the first key of every test network, the genesis block, generators of curves
  'WYkclogd-899LdwnC3gT5m',
  'dCa6BgTD-GgscBa0RnP4XF',
  'Ey85qYwxuq3bplJfXUPylU',
  'QFdwkdli0sNiF7jho8fu5K',
  // constants of mathematics and of hash functions
  't6uHyD5rfM0F9Wac7QOjyn',
  'iCt49iHMWTSh7kHUj0iZ5H',
  'FtlHykgxrudpmaooIOXDtI',
  'XM5miJii4tfe27VSFloqd1',
  'HyLhw9KdzgkhpR_DSMTVd2',
  // this repository, fixtures of its tests
  'GpT_M-Jg7l8eCq906nUsKk',
  'GsoakdVN4_5u50ir2qQUjZ',
]);
