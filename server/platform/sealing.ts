import {
  type Cipheriv,
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { keyedTag } from './keyed.ts';

/**
 * Sealed = salt(16) ‖ place(12) ‖ cipher text ‖ tag(16): 44 bytes more than the plain text. A random salt gives each process keys of its own. Everything it
 * seals lies one after the other in one stream of AES-256-CTR, whose signs are made many at a time; `place` says where. The tag is HMAC-SHA256 over all
 * before it, cut to 16 bytes. A cipher for each event, as AES-GCM needs one, took ten times as long.
 */
export interface Sealing {
  /** Seals what belongs to no one person (an event's closed data). Synchronous, ~µs. */
  seal(plain: string): Buffer;
  /** Throws when it was changed, or made with another key. */
  open(sealed: Buffer): string;
}

const SALT = 16;
const PLACE = 12;
const TAG = 16;
const HEAD = SALT + PLACE;
const BLOCK = 16;
/** `place` begins with it; older values have there the zero of a counted AES-GCM nonce. */
const STREAM = 1;
/** So long may a stream be: 2^32 blocks, far from where its signs could tell anything. */
const LONGEST = 2 ** 36;
const ZEROS = Buffer.alloc(1 << 16);
const TWO_32 = 2 ** 32;

/** As a key object, made once: a cipher made from bare bytes takes five times as long. */
export const derive = (key: KeyObject, purpose: string, salt: Buffer = Buffer.alloc(0)): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', key, salt, `glasshouse/${purpose}`, 32)));

interface Keys {
  readonly stream: KeyObject;
  readonly tagOf: (bytes: Buffer, length: number) => string;
  /** Of values sealed before there was a stream. */
  readonly gcm: KeyObject;
}

const keysOf = (dataKey: KeyObject, salt: Buffer): Keys => ({
  stream: derive(dataKey, 'data-stream', salt),
  tagOf: keyedTag(derive(dataKey, 'data-tag', salt)),
  gcm: derive(dataKey, 'data-salted', salt),
});

/** The stream from a place on. */
function streamAt(key: KeyObject, place: number): Cipheriv {
  const counter = Buffer.alloc(BLOCK);
  const block = Math.floor(place / BLOCK);
  counter.writeUInt32BE(Math.floor(block / TWO_32), BLOCK - 8);
  counter.writeUInt32BE(block % TWO_32, BLOCK - 4);
  const cipher = createCipheriv('aes-256-ctr', key, counter);
  cipher.update(ZEROS.subarray(0, place % BLOCK));
  return cipher;
}

function beginStream(dataKey: KeyObject) {
  const salt = randomBytes(SALT);
  const { stream, tagOf } = keysOf(dataKey, salt);
  const cipher = streamAt(stream, 0);
  let signs = ZEROS;
  let used = signs.length;
  let place = 0;
  return {
    isLong: () => place > LONGEST,
    seal(plain: string): Buffer {
      const size = Buffer.byteLength(plain);
      const out = Buffer.allocUnsafe(HEAD + size + TAG);
      salt.copy(out);
      out[SALT] = STREAM;
      out.fill(0, SALT + 1, SALT + 4);
      out.writeUInt32BE(Math.floor(place / TWO_32), SALT + 4);
      out.writeUInt32BE(place % TWO_32, SALT + 8);
      const end = HEAD + size;
      out.write(plain, HEAD);
      for (let at = HEAD; at < end; ) {
        if (used === signs.length) {
          signs = cipher.update(ZEROS);
          used = 0;
        }
        const upto = Math.min(end, at + signs.length - used);
        while (at < upto) (out[at++] as number) ^= signs[used++] as number;
      }
      place += size;
      out.write(tagOf(out, end), end, TAG, 'latin1');
      return out;
    },
  };
}

function openStream({ stream, tagOf }: Keys, sealed: Buffer): string {
  const end = sealed.length - TAG;
  if (!timingSafeEqual(Buffer.from(tagOf(sealed, end), 'latin1').subarray(0, TAG), sealed.subarray(end)))
    throw new Error('a sealed value was changed or made with another key');
  const place = sealed.readUInt32BE(SALT + 4) * TWO_32 + sealed.readUInt32BE(SALT + 8);
  return streamAt(stream, place).update(sealed.subarray(HEAD, end)).toString();
}

function openGcm({ gcm }: Keys, sealed: Buffer): string {
  const end = sealed.length - TAG;
  const d = createDecipheriv('aes-256-gcm', gcm, sealed.subarray(SALT, HEAD), { authTagLength: TAG });
  d.setAAD(Buffer.from('data'));
  d.setAuthTag(sealed.subarray(end));
  return Buffer.concat([d.update(sealed.subarray(HEAD, end)), d.final()]).toString();
}

export function makeSealing(dataKey: KeyObject): Sealing {
  const known = new LRUCache<string, Keys>({ max: 1_024 });
  let mine = beginStream(dataKey);
  return {
    seal(plain) {
      if (mine.isLong()) mine = beginStream(dataKey);
      return mine.seal(plain);
    },
    open(sealed) {
      if (sealed.length < HEAD + TAG) throw new Error('a sealed value is too short');
      const salt = sealed.subarray(0, SALT);
      const name = salt.toString('latin1');
      const keys = known.get(name) ?? keysOf(dataKey, salt);
      known.set(name, keys);
      return sealed[SALT] === STREAM ? openStream(keys, sealed) : openGcm(keys, sealed);
    },
  };
}
