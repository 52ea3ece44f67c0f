// Requests, as server/wire/README.md has them: what is said in their parts is as the server describes it.

import type { DossierOf, SaidIn } from '@client/flows';
import type { Beyond, Forms } from '@client/made/kinds';

import type { Priority } from '../../../lib/wire/types';

type Parts = Forms['requests'];
export type F1a = SaidIn<Parts['F1a']>['opinion'];
export type Rating = F1a['feasibility'];

interface OfRequest {
  title: string;
  priority: Priority;
  requester: number;
  department: string;
  required_by: string;
  compliance_checked: boolean;
  assessors?: number[];
  assessed?: number[];
  until?: string;
}

/** With the project that it has become. */
export type RequestDossier = DossierOf<Parts> & OfRequest & Beyond['requests'];
