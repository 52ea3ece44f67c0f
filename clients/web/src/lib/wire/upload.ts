// The files of a form: of the types that the server takes, and a connection that is gone for a while is waited for.

import { endings, sendFile, typeOf, type Sending } from '@client/files';
import { Refused } from '@client/problem';
import type { Attachment, Problem } from '@client/types';

import { wire } from './http';

const patience = 75_000;

/** For the file picker. */
export const taken = endings.map((ending) => `.${ending}`).join(',');

const [zh, en] = [
  '不接受此类文件。接受 PDF、图片、文本、Markdown、CSV、JSON、ZIP、Office 与 OpenDocument。',
  'Files of this type are not taken. PDF, pictures, text, Markdown, CSV, JSON, ZIP, Office and OpenDocument are.',
];
const wrongType: Problem = { title: en, status: 422, code: 'wrong_type', detail: en, zh, en };

/** Throws Refused, or the signal's reason. */
export async function upload(file: File, how: Sending): Promise<Attachment> {
  if (typeOf(file.name) === null) throw new Refused(wrongType);
  return sendFile(wire, file, file.name, { patience, ...how });
}
