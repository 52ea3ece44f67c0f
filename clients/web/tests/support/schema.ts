// The kinds that there are, as the server's own program prints them: OPSROOMD names it, else the build folder has it.

import { execFileSync } from 'node:child_process';
import type { SchemaDocument } from '@client/schema';

declare const process: { env: Record<string, string | undefined> };

const program = process.env['OPSROOMD'] ?? '../../build/bin/opsroomd';

export const described = JSON.parse(execFileSync(program, ['schema'], { encoding: 'utf8', maxBuffer: 16 << 20 })) as SchemaDocument;
