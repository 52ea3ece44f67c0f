import type { ProjectDossier } from './dossier';

/** Whether its charter was approved. */
export const isBegun = (p: ProjectDossier): boolean => p.starts !== undefined && !['initiating', 'charter_pending', 'rejected'].includes(p.status);
