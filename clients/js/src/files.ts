// Files: sent in parts under their SHA-256, going on where an attempt before was cut off; fetched likewise.

import type { Platform } from './platform.js';
import { problems, Refused } from './problem.js';
import { Sha256 } from './sha256.js';
import type { Attachment } from './types.js';
import { pauseBefore, sleep, type Wire } from './wire.js';

const part = 512 * 1024;

const office = 'application/vnd.openxmlformats-officedocument';
const types: Record<string, string> = {
  pdf: 'application/pdf', png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp', txt: 'text/plain',
  md: 'text/markdown', csv: 'text/csv', json: 'application/json', zip: 'application/zip', docx: `${office}.wordprocessingml.document`,
  xlsx: `${office}.spreadsheetml.sheet`, pptx: `${office}.presentationml.presentation`, odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
};

/** How the names of files end that have a type here. */
export const endings = Object.keys(types);

/** What the server calls the type of a file with this name; null: it is no such. Which it takes is its own word. */
export function typeOf(name: string): string | null {
  return types[name.split('.').pop()!.toLowerCase()] ?? null;
}

export interface Sending {
  name?: string;
  mediaType?: string;
  /** From 0 to 1; hashing is the first tenth. */
  progress?(done: number): void;
  /** Said of every answer: by which hash the server knows it, and how many bytes it has. */
  has?(sha256: string, have: number): void;
  signal?: AbortSignal | undefined;
  /** For so many milliseconds without a step forward it is tried again. */
  patience?: number;
}

interface Told {
  have: number;
  complete: boolean;
}

/** Sends a file; answers what a form's `attachments` take. Throws Refused, or the signal's reason. */
export async function sendFile(wire: Wire, whole: Blob, name: string, how: Sending = {}): Promise<Attachment> {
  const sha256 = await hash(whole, how);
  const media_type = how.mediaType ?? typeOf(name) ?? 'application/octet-stream';
  const patience = how.patience ?? wire.patience;
  const asked = { again: false, signal: how.signal };
  let told: Told | null = null;
  for (let end = performance.now() + patience, attempt = 0; ; ) {
    how.signal?.throwIfAborted();
    try {
      told ??= await wire.ask<Told>('POST', 'attachments', { body: { sha256, bytes: whole.size, media_type }, ...asked });
      how.has?.(sha256, told.have);
      how.progress?.(0.1 + (told.have / whole.size) * 0.9);
      if (told.complete) return { sha256, name, media_type, bytes: whole.size };
      const body = whole.slice(told.have, told.have + part);
      told = await wire.ask<Told>('PUT', `attachments/${sha256}`, { query: { offset: told.have }, body, ...asked });
      attempt = 0;
      end = performance.now() + patience;
    } catch (why) {
      how.signal?.throwIfAborted();
      if (!(why instanceof Refused) || !(why.isPassing || why.status === 409 || why.status >= 500) || performance.now() > end) throw why;
      told = null;  // asked anew (409): what came before the cut is there already
      await sleep(Math.max(pauseBefore(attempt++), (why.problem.retry_after ?? 0) * 1000));
    }
  }
}

/** `room.files`. */
export class Files {
  constructor(
    private readonly wire: Wire,
    private readonly platform: Platform,
  ) {}

  /** Sends a file (of a page, its bytes, or in Node a path). */
  async send(content: Blob | Uint8Array | string, how: Sending = {}): Promise<Attachment> {
    let whole: Blob;
    let name = how.name ?? (content as { name?: string }).name;
    if (typeof content === 'string') {
      if (!this.platform.readFile) throw new TypeError('there are no paths here: give the file');
      const read = await this.platform.readFile(content);
      whole = new Blob([read.content as BlobPart]);
      name ??= read.name;
    } else {
      whole = content instanceof Blob ? content : new Blob([content as BlobPart]);
    }
    if (name === undefined) throw new TypeError('bytes need a name');
    return sendFile(this.wire, whole, name, how);
  }

  /** Fetches a file, going on after a cut; its hash is checked at the end. */
  async fetch(sha256: string): Promise<Blob> {
    const parts: Uint8Array[] = [];
    let have = 0;
    const end = performance.now() + this.wire.patience;
    for (let attempt = 0; ; attempt++) {
      const answer = await this.wire.fetch('GET', `attachments/${sha256}`, { headers: have ? { range: `bytes=${have}-` } : {} });
      if (have && answer.status !== 206) parts.length = have = 0;
      const reader = answer.body!.getReader();
      try {
        for (let got = await reader.read(); !got.done; got = await reader.read()) {
          parts.push(got.value);
          have += got.value.length;
        }
        break;
      } catch {
        if (performance.now() > end) throw new Refused(problems.unreachable);
        await sleep(pauseBefore(attempt));
      }
    }
    const whole = new Blob(parts as BlobPart[]);
    if ((await hash(whole)) !== sha256) throw new Refused(problems.odd);
    return whole;
  }
}

async function hash(file: Blob, { progress, signal }: Sending = {}): Promise<string> {
  const sum = new Sha256();
  for (let at = 0; at < file.size; at += part) {
    signal?.throwIfAborted();
    sum.update(new Uint8Array(await file.slice(at, at + part).arrayBuffer()));
    progress?.((at / file.size) * 0.1);
  }
  return sum.hex();
}
