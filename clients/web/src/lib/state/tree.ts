// Departments in the order of a tree, each after the one that it belongs to. Pure.

interface Node {
  department: string;
  parent?: string | null;
}

export function treeOf<Of extends Node>(all: readonly Of[]): { of: Of; depth: number }[] {
  const codes = new Set(all.map((d) => d.department));
  const seen = new Set<string>();
  const below = (parent: string | null, depth: number): { of: Of; depth: number }[] =>
    all.flatMap((of) => {
      const mine = of.parent && codes.has(of.parent) ? of.parent : null;
      if (mine !== parent || seen.has(of.department)) return [];
      seen.add(of.department);
      return [{ of, depth }, ...below(of.department, depth + 1)];
    });
  const tree = below(null, 0);
  // Those that would be each other's parents stand for themselves.
  return [...tree, ...all.filter((d) => !seen.has(d.department)).map((of) => ({ of, depth: 0 }))];
}
