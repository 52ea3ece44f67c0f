// Strategies, as server/wire/README.md has them: what is said in their parts is as the server describes it. Where an id may be none it is
// 0 in an event, and left out of a dossier.

import type { DossierOf, SaidIn } from '@client/flows';
import type { Beyond, Forms } from '@client/made/kinds';

type Parts = Forms['strategies'];
export type F19 = SaidIn<Parts['F19']>['form'];

interface OfStrategy {
  title: string;
  kind: F19['kind'];
  department: string;
  author: number;
  effective: string;
  acknowledge_by: string;
  check_on: string;
  concerned: number[];
  sha256: string;
  replaces?: number;
  superseded_by?: number;
  project?: number;
  /** Of the version in its line, once it is published. */
  number?: number;
  acknowledged?: number[];
  checks?: number;
  standing?: SaidIn<Parts['checks']>['check']['standing'];
}

/** The versions before it are those that the reader may see. */
export type StrategyDossier = DossierOf<Parts> & OfStrategy & Beyond['strategies'];
