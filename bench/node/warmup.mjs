// As in SideSpec.cs.
export const warmupParts = 4;
export const warmupRestMs = 200;
