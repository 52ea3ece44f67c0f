// Sends a file in parts under its hash, going on from where an attempt before was cut off.

import { Sha256 } from '@client/sha256';
import type { Attachment } from './flows';
import { http } from './http';
import { problemOf, problems, Refused } from './problem';

const part = 512 * 1024;
const attempts = 8;

const office = 'application/vnd.openxmlformats-officedocument';
const types: Record<string, string> = {
  pdf: 'application/pdf', png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp', txt: 'text/plain',
  md: 'text/markdown', csv: 'text/csv', json: 'application/json', zip: 'application/zip', docx: `${office}.wordprocessingml.document`,
  xlsx: `${office}.spreadsheetml.sheet`, pptx: `${office}.presentationml.presentation`, odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
};

/** For the file picker. */
export const taken = Object.keys(types).map((ending) => `.${ending}`).join(',');

/** What the server calls the type of a file with this name; null: it takes none such. */
export function typeOf(name: string): string | null {
  return types[name.split('.').pop()!.toLowerCase()] ?? null;
}

export interface Uploading {
  /** From 0 to 1; hashing is the first tenth. */
  progress(done: number): void;
  /** Said of every answer: by which hash the server knows it, and how many bytes it has. */
  has?(sha256: string, have: number): void;
  signal: AbortSignal;
}

async function hash(file: Blob, { progress, signal }: Uploading): Promise<string> {
  const sum = new Sha256();
  for (let at = 0; at < file.size; at += part) {
    signal.throwIfAborted();
    sum.update(new Uint8Array(await file.slice(at, at + part).arrayBuffer()));
    progress((at / file.size) * 0.1);
  }
  return sum.hex();
}

/** Throws Refused, or the signal's reason. A connection that is gone for a while is waited for. */
export async function upload(file: File, how: Uploading): Promise<Attachment> {
  const media_type = typeOf(file.name);
  if (media_type === null) throw new Refused(problems.fileType);
  const sha256 = await hash(file, how);
  const begin = () => http.beginAttachment({ sha256, bytes: file.size, media_type });
  let failed = 0;
  let state: { have: number; complete: boolean } | null = null;
  for (;;) {
    how.signal.throwIfAborted();
    try {
      state ??= await begin();
      how.has?.(sha256, state.have);
      how.progress(0.1 + (state.have / file.size) * 0.9);
      if (state.complete) return { sha256, name: file.name, media_type, bytes: file.size };
      state = await http.continueAttachment(sha256, state.have, file.slice(state.have, state.have + part), how.signal);
      failed = 0;
    } catch (why) {
      how.signal.throwIfAborted();
      const problem = problemOf(why);
      const passing = problem.status === 0 || problem.status === 409 || problem.status === 429 || problem.status >= 500;
      if (!passing || ++failed >= attempts) throw why;
      state = null;  // asked anew: what came before the cut is there
      await new Promise((go) => setTimeout(go, 300 * 2 ** failed));
    }
  }
}
