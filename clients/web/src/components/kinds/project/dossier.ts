// Projects, as server/wire/README.md has them: what is said in their parts is as the server describes it.

import type { DossierOf, FlowRow, SaidIn } from '@client/flows';
import type { Forms } from '@client/made/kinds';

type Parts = Forms['projects'];
export type Charter = SaidIn<Parts['F2']>['charter'];
export type Health = SaidIn<Parts['progress']>['health'];

interface OfProject {
  name: string;
  department: string;
  request: number;
  health: Health;
  percent: number;
  channel?: number;
  lead?: number;
  team?: number[];
  starts?: string;
  ends?: string;
  /** SHA-256 of the charter that was submitted, or is in force. */
  charter?: string;
  milestones?: { due: string; reached: boolean }[];
  panel?: number[];
  signed?: number[];
  panel_on?: string;
  recipients?: number[];
  acknowledged?: number[];
  missing_records: SaidIn<Parts['records']>['record']['kind'][];
}

export type ProjectRow = FlowRow & OfProject;

export type ProjectDossier = DossierOf<Parts> & OfProject;
