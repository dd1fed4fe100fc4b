import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const remoteLogo = /https:\/\/cdn\.redoc\.ly\/[^"'`\s)]+/g;
/** A transparent image of one pixel. */
const emptyPicture = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';

/** Copies the files that are read at run time, and that the compiler does not copy: the API's description, ReDoc, the password list. */
export function copyAssets(root: string): void {
  copy(join(root, 'hosts/rest/generated/openapi.json'), join(root, 'dist/hosts/rest/generated/openapi.json'));
  const redoc = join(root, 'node_modules/redoc/bundles/redoc.standalone.js');
  const assets = join(root, 'dist/hosts/rest/assets');
  copy(redoc, join(assets, 'redoc.standalone.js'), withoutRemoteAssets);
  copy(`${redoc}.LICENSE.txt`, join(assets, 'redoc.standalone.js.LICENSE.txt'));
  const passwords = 'adapters/password-blocklist/assets';
  cpSync(join(root, passwords), join(root, 'dist', passwords), { recursive: true });
}

/** ReDoc loads a logo from a CDN; the pages of this product load nothing from another host. */
export function withoutRemoteAssets(bundle: string): string {
  return bundle.replaceAll(remoteLogo, emptyPicture);
}

function copy(from: string, to: string, change: (text: string) => string = (text) => text): void {
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, change(readFileSync(from, 'utf8')));
}
