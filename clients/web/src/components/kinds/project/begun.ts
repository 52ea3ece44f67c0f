import type { ProjectDossier, ProjectRow } from './dossier';

/** Whether its charter was approved. */
export const isBegun = (p: ProjectDossier): boolean => p.starts !== undefined && !['initiating', 'charter_pending', 'rejected'].includes(p.status);

/** Whether it still has a health: what is sealed or given up goes neither well nor badly. */
export const goesOn = (p: Pick<ProjectRow, 'status'>): boolean => !['initiating', 'charter_pending', 'rejected', 'archived', 'cancelled'].includes(p.status);
