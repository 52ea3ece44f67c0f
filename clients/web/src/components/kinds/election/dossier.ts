import type { DossierOf } from '@client/flows';
import type { Forms } from '@client/made/kinds';

export interface Total {
  nominee: number;
  votes: number;
}

/** What of an election a person would rather look at than read. */
export type ElectionDossier = DossierOf<Forms['elections']> & {
  nominees: number[];
  ballots: number;
  voted: boolean;
  totals?: Total[];
  winners?: number[];
};
