import type { DossierOf, FormEvent } from '@client/flows';

export interface Total {
  nominee: number;
  votes: number;
}

/** What of an election a person would rather look at than read. */
export type ElectionDossier = DossierOf<{
  nominations?: FormEvent<{ by: number; nominee: number; reason: string }>[];
  count?: FormEvent<{ invalid: number }>;
}> & {
  nominees: number[];
  ballots: number;
  voted: boolean;
  totals?: Total[];
  winners?: number[];
};
