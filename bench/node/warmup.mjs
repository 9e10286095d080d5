// As in SideSpec.cs.
export const warmupParts = 4;
